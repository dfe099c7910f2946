/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * What protects windows from faults of the MPI: a program of its own, for the environment counts when MPI is
 * initialized. The first argument says how that is done; test-window-protection.sh looks at the exit status.
 */

#include <string.h>

#include <ompi_obj/native.h>

#define CHECK(condition)                                                                        \
  do                                                                                            \
    {                                                                                           \
      if (!(condition))                                                                         \
        g_error ("line %d: %s: %s", __LINE__, #condition, error != NULL ? error->message : ""); \
    }                                                                                           \
  while (0)

/* Whether this MPI rounds the addresses of windows, unless it is told not to cache them. */
static gboolean
mpi_is_affected (void)
{
  g_autofree gchar *version = ompi_obj_get_library_version ();

  return strstr (version, "MPICH Version:") != NULL && strstr (version, "4.0") != NULL
         && strstr (version, "ch4:ucx") != NULL;
}

/* A window over memory that begins at an odd address. */
static void
use_unaligned_memory (gboolean is_refused)
{
  MpiComm *world = ompi_obj_comm_world ();
  const gint next = (ompi_obj_comm_get_rank (world) + 1) % ompi_obj_comm_get_size (world);
  static guint8 block[64] __attribute__ ((aligned (16)));
  const guint8 value = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiWin) win = ompi_obj_win_create (OMPI_OBJ_BUFFER (block + 19, 3, OMPI_OBJ_BYTE), 1, NULL, world, &error);
  g_autoptr (MpiWin) aligned = NULL;

  if (is_refused)
    {
      CHECK (win == NULL && g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_BASE));
      CHECK (strstr (error->message, "UCX_RCACHE_ENABLE=n") != NULL);
      g_clear_error (&error);
    }
  else
    {
      CHECK (win != NULL);
      CHECK (ompi_obj_win_lock_all (win, OMPI_OBJ_RMA_ASSERT_NONE, &error));
      CHECK (ompi_obj_win_put (win, OMPI_OBJ_BUFFER (&value, 1, OMPI_OBJ_BYTE), OMPI_OBJ_TARGET (next, 2), &error));
      CHECK (ompi_obj_win_unlock_all (win, &error));
      CHECK (ompi_obj_win_free (win, &error));
      for (guint i = 0; i < sizeof block; i++)
        CHECK (block[i] == (i == 21));
    }

  /* Aligned memory is good in any case. */
  aligned = ompi_obj_win_create (OMPI_OBJ_BUFFER (block + 32, 3, OMPI_OBJ_BYTE), 1, NULL, world, &error);
  CHECK (aligned != NULL);
  CHECK (ompi_obj_win_free (aligned, &error));
}

/* Atomic operations, which crash in one component of Open MPI. */
static void
count (void)
{
  MpiComm *world = ompi_obj_comm_world ();
  const gint64 one = 1;
  gint64 before = -1;
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiWin) win = ompi_obj_win_allocate (sizeof one, sizeof one, NULL, world, &error);

  CHECK (win != NULL);
  *(gint64 *) ompi_obj_win_get_base (win, NULL) = 0;
  CHECK (ompi_obj_comm_barrier (world, &error));
  CHECK (ompi_obj_win_lock_all (win, OMPI_OBJ_RMA_ASSERT_NONE, &error));
  CHECK (ompi_obj_win_fetch_and_op (win, OMPI_OBJ_DATA (&one, 1), OMPI_OBJ_DATA (&before, 1), OMPI_OBJ_TARGET (0, 0),
                                    OMPI_OBJ_SUM, &error));
  CHECK (ompi_obj_win_unlock_all (win, &error));
  CHECK (before >= 0 && before < ompi_obj_comm_get_size (world));
  CHECK (ompi_obj_win_free (win, &error));
}

int
main (int argc, char **argv)
{
  const gchar *way = argc > 1 ? argv[1] : "";
  const gboolean is_raw = strcmp (way, "raw") == 0;

  g_unsetenv ("UCX_RCACHE_ENABLE");
  if (!is_raw) /* Open MPI 4.1.4 alone cannot make such windows at one rank */
    g_unsetenv ("OMPI_MCA_osc");
  if (strcmp (way, "overridden") == 0)
    g_setenv ("UCX_RCACHE_ENABLE", "y", TRUE);
  if (is_raw)
    MPI_Init (&argc, &argv);

  if (strcmp (way, "dropped") == 0)
    {
      g_autoptr (MpiWin) win = ompi_obj_win_allocate (8, 1, NULL, ompi_obj_comm_world (), NULL);

      g_clear_object (&win);
      return 0;
    }
  use_unaligned_memory (mpi_is_affected () && strcmp (way, "library") != 0);
  if (!is_raw)
    count ();
  if (is_raw)
    MPI_Finalize ();
  return 0;
}
