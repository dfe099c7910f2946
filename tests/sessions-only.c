/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Uses MPI through sessions, without a world unless the first argument says so; test-sessions-only.sh looks at the
 * exit status. MPI cannot begin twice in a process, so these are no cases of one program.
 */

#include <stdlib.h>
#include <string.h>

#include <ompi_obj/ompi_obj.h>

#define CHECK(condition)                                                                        \
  do                                                                                            \
    {                                                                                           \
      if (!(condition))                                                                         \
        g_error ("line %d: %s: %s", __LINE__, #condition, error != NULL ? error->message : ""); \
    }                                                                                           \
  while (0)

static MpiComm *
comm_of_everybody (MpiSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiGroup) group = ompi_obj_session_create_group (session, "mpi://WORLD", &error);
  MpiComm *comm;

  CHECK (group != NULL);
  comm = ompi_obj_intracomm_new_from_group (group, "sessions-only", NULL, NULL, &error);
  CHECK (comm != NULL);
  return comm;
}

static MpiSession *
begin (void)
{
  g_autoptr (GError) error = NULL;
  MpiSession *session = ompi_obj_session_new (NULL, NULL, &error);

  CHECK (session != NULL);
  return session;
}

static void
use_everything (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint right = (rank + 1) % size;
  const gint left = (rank + size - 1) % size;
  g_autoptr (MpiComm) copy = ompi_obj_comm_dup (comm, &error);
  g_autoptr (MpiComm) part = NULL;
  g_autoptr (MpiRequest) request = NULL;
  g_autoptr (MpiDatatype) pair = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (MpiKeyval) keyval = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_DUP);
  gint pair_of_ints[2] = { rank, 7 };
  gint received[2] = { 0, 0 };
  gint sum = 0;

  CHECK (OMPI_OBJ_IS_INTRACOMM (comm) && copy != NULL);
  CHECK (ompi_obj_comm_get_tag_ub (comm, &error) >= 32767);
  CHECK (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&rank, 1), OMPI_OBJ_DATA (&sum, 1), OMPI_OBJ_SUM, &error));
  CHECK (sum == size * (size - 1) / 2);

  pair = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error);
  CHECK (pair != NULL && ompi_obj_datatype_commit (pair, &error));
  request = ompi_obj_comm_isend (copy, OMPI_OBJ_BUFFER (pair_of_ints, 1, pair), right, 40000, &error);
  CHECK (request != NULL);
  CHECK (ompi_obj_comm_recv (copy, OMPI_OBJ_BUFFER (received, 1, pair), left, 40000, NULL, &error));
  CHECK (ompi_obj_request_wait (request, NULL, &error) && received[0] == left && received[1] == 7);

  value = ompi_obj_comm_bcast_variant (comm, rank == 0 ? g_variant_new_string ("hello") : NULL, 0, &error);
  CHECK (value != NULL && g_str_equal (g_variant_get_string (value, NULL), "hello"));
  part = ompi_obj_comm_split (comm, rank % 2, 0, &error);
  CHECK (part != NULL && ompi_obj_comm_barrier (part, &error));
  CHECK (ompi_obj_comm_set_attr (copy, keyval, g_variant_new_int32 (1), &error));
  CHECK (ompi_obj_wtime () > 0);
}

static void
work (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) session = begin ();
  g_autoptr (MpiSession) second = NULL;
  g_autoptr (MpiComm) comm = comm_of_everybody (session);

  CHECK (!ompi_obj_is_initialized ());
  use_everything (comm);
  /* The end of one is not the end of all. */
  second = begin ();
  CHECK (ompi_obj_session_finalize (second, &error));
  use_everything (comm);
  CHECK (ompi_obj_comm_free (comm, &error));
  CHECK (ompi_obj_session_finalize (session, &error));
  CHECK (!ompi_obj_is_initialized ());
}

/* What lives longer than the last session must not call MPI. */
static void
leftovers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) session = begin ();
  g_autoptr (MpiComm) comm = comm_of_everybody (session);
  g_autoptr (MpiGroup) group = ompi_obj_comm_get_group (comm, &error);
  g_autoptr (MpiDatatype) pair = ompi_obj_datatype_new_contiguous (2, OMPI_OBJ_INT, &error);

  CHECK (group != NULL && pair != NULL);
  CHECK (ompi_obj_session_finalize (session, &error));
  CHECK (!ompi_obj_comm_barrier (comm, &error));
  CHECK (g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FINALIZED));
  g_clear_error (&error);
  CHECK (ompi_obj_session_get_num_psets (session, &error) == -1);
  CHECK (g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_SESSION));
}

/* Either it begins again, or it says that it cannot. */
static void
again (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) session = begin ();
  g_autoptr (MpiSession) second = NULL;

  CHECK (ompi_obj_session_finalize (session, &error));
  second = ompi_obj_session_new (NULL, NULL, &error);
  if (second != NULL)
    {
      CHECK (ompi_obj_session_finalize (second, &error));
      return;
    }
  CHECK (g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED));
  g_clear_error (&error);
  CHECK (!ompi_obj_init (&error));
  CHECK (g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_UNSUPPORTED));
  g_clear_error (&error);
  CHECK (!ompi_obj_comm_barrier (ompi_obj_comm_world (), &error));
}

static void
world_within (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiSession) session = begin ();
  g_autoptr (MpiComm) comm = comm_of_everybody (session);

  CHECK (ompi_obj_comm_barrier (ompi_obj_comm_world (), &error));
  CHECK (ompi_obj_is_initialized ());
  CHECK (ompi_obj_comm_get_size (ompi_obj_comm_world ()) == ompi_obj_comm_get_size (comm));
  CHECK (ompi_obj_finalize (&error));
  CHECK (!ompi_obj_comm_barrier (ompi_obj_comm_world (), &error));
  CHECK (g_error_matches (error, OMPI_OBJ_ERROR, OMPI_OBJ_ERROR_FINALIZED));
  g_clear_error (&error);
  use_everything (comm);
  CHECK (ompi_obj_comm_free (comm, &error));
  CHECK (ompi_obj_session_finalize (session, &error));
}

/* A session that is left is finalized at exit. */
static void
forgotten (void)
{
  g_autoptr (MpiComm) comm = comm_of_everybody (begin ());

  use_everything (comm);
}

/* One that is dropped warns, and lasts. */
static void
dropped (void)
{
  g_autoptr (MpiSession) session = begin ();
  g_autoptr (MpiComm) comm = comm_of_everybody (session);

  g_clear_object (&session);
  use_everything (comm);
}

/* usage: sessions-only WAY */
int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (void);
  } ways[] = {
    { "work", work },           { "leftovers", leftovers }, { "again", again }, { "world-within", world_within },
    { "forgotten", forgotten }, { "dropped", dropped },
  };

  for (gsize i = 0; argc == 2 && i < G_N_ELEMENTS (ways); i++)
    if (strcmp (argv[1], ways[i].name) == 0)
      {
        ways[i].run ();
        return EXIT_SUCCESS;
      }
  return 99;
}
