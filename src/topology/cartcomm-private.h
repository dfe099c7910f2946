/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What a grid keeps for the exchange of ghost layers.
 */

#include <ompi_obj/cartcomm.h>

/*
 * Gets the communicator for the messages of halos, with a range of tags that no other halo of the grid has
 * (until all tags are used up, and those of long ago are used again). The first call is collective, and all
 * ranks make the same calls. Returns (transfer none); NULL on error.
 */
MpiComm *
cartcomm_get_halo_comm (MpiCartcomm *self, guint n_tags, gint *first_tag, const char *function, GError **error);
