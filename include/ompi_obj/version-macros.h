/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Every public prototype carries the version it appeared in. The library hides all other symbols.
 */
#if defined(__GNUC__) || defined(__clang__)
#define _OMPI_OBJ_EXTERN __attribute__ ((visibility ("default"))) extern
#else
#define _OMPI_OBJ_EXTERN extern
#endif

#define OMPI_OBJ_AVAILABLE_IN_1_0 _OMPI_OBJ_EXTERN
