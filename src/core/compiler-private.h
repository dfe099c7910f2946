/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What GLib has no macro for.
 */

/* A function off the path that matters: its calls are moved out of the way, its code is made small. */
#if defined(__GNUC__) || defined(__clang__)
#define COLD __attribute__ ((cold, noinline))
#else
#define COLD
#endif
