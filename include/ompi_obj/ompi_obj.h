/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ompi_obj/blocks.h>
#include <ompi_obj/buffer.h>
#include <ompi_obj/comm.h>
#include <ompi_obj/datatype.h>
#include <ompi_obj/enum-types.h>
#include <ompi_obj/enums.h>
#include <ompi_obj/environment.h>
#include <ompi_obj/errhandler.h>
#include <ompi_obj/error.h>
#include <ompi_obj/grequest.h>
#include <ompi_obj/group.h>
#include <ompi_obj/info.h>
#include <ompi_obj/intercomm.h>
#include <ompi_obj/intracomm.h>
#include <ompi_obj/keyval.h>
#include <ompi_obj/memory.h>
#include <ompi_obj/message.h>
#include <ompi_obj/op.h>
#include <ompi_obj/prequest.h>
#include <ompi_obj/request.h>
#include <ompi_obj/status.h>
#include <ompi_obj/types.h>
#include <ompi_obj/variant.h>
#include <ompi_obj/version-macros.h>
#include <ompi_obj/version.h>
