/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

#include <ompi_obj/enum-types.h>
#include <ompi_obj/enums.h>
#include <ompi_obj/version-macros.h>

G_BEGIN_DECLS

/*
 * The classes name each other in their methods, so their names come first.
 */
typedef struct _MpiBlocks MpiBlocks;
typedef struct _MpiBuffer MpiBuffer;
typedef struct _MpiCartcomm MpiCartcomm;
typedef struct _MpiCartShift MpiCartShift;
typedef struct _MpiComm MpiComm;
typedef struct _MpiCommClass MpiCommClass;
typedef struct _MpiCondition MpiCondition;
typedef struct _MpiCounter MpiCounter;
typedef struct _MpiDatatype MpiDatatype;
typedef struct _MpiErrhandler MpiErrhandler;
typedef struct _MpiDistgraphcomm MpiDistgraphcomm;
typedef struct _MpiFile MpiFile;
typedef struct _MpiFileClass MpiFileClass;
typedef struct _MpiGraphcomm MpiGraphcomm;
typedef struct _MpiGrequest MpiGrequest;
typedef struct _MpiHalo MpiHalo;
typedef struct _MpiGroup MpiGroup;
typedef struct _MpiInfo MpiInfo;
typedef struct _MpiIntercomm MpiIntercomm;
typedef struct _MpiIntracomm MpiIntracomm;
typedef struct _MpiKeyval MpiKeyval;
typedef struct _MpiMessage MpiMessage;
typedef struct _MpiMutex MpiMutex;
typedef struct _MpiOp MpiOp;
typedef struct _MpiPrequest MpiPrequest;
typedef struct _MpiRequest MpiRequest;
typedef struct _MpiRequestClass MpiRequestClass;
typedef struct _MpiSemaphore MpiSemaphore;
typedef struct _MpiSequential MpiSequential;
typedef struct _MpiSpawnCommand MpiSpawnCommand;
typedef struct _MpiSession MpiSession;
typedef struct _MpiStatus MpiStatus;
typedef struct _MpiTopocomm MpiTopocomm;
typedef struct _MpiWin MpiWin;
typedef struct _MpiWinClass MpiWinClass;
typedef struct _MpiWinLock MpiWinLock;
typedef struct _MpiWinTarget MpiWinTarget;

G_END_DECLS
