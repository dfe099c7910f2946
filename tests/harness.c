/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * MPI forbids fork, so Check runs every case in the process itself, on each rank for its own. What
 * Check then cannot do is done here:
 *
 * - Before each case all ranks meet. A rank that failed goes on to the next case while the others may still
 *   wait for its message; it writes its failure first, waits a short while for the others, names
 *   those that do not come and ends the job.
 * - An alarm ends a case that takes too long, with its name, the rank and where it hangs.
 * - After a failure the messages that nobody received are thrown away, so that the next case does not get them.
 *
 * With OMPI_OBJ_TEST_OUTPUT=DIR each rank writes its results as TAP to DIR/rank-N.tap, for
 * run-mpi-test to merge; without it, only failures are printed, with the rank.
 */
#include "harness.h"

#ifdef __GLIBC__
#include <execinfo.h>
#endif
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib/gstdio.h>

enum
{
  INDEX_ONCE,
  INDEX_WORLD,
  INDEX_SELF,
  INDEX_DUP,
  INDEX_HALF,
  INDEX_INTER,
  N_INDICES
};

static const gchar *const communicator_names[N_INDICES] = { NULL, "world", "self", "dup", "half", "inter" };

#define DEFAULT_TIME_LIMIT 30

static struct
{
  const gchar *topic;
  Suite *suite;
  SRunner *runner;
  gboolean tap;

  /* Raw MPI, so that the harness works when the library does not. */
  MPI_Comm comm;
  int rank;
  int size;
  MpiComm *comms[N_INDICES];
  gint side;

  guint time_limit;
  guint time_factor; /* of the present case */
  gchar *skipped;    /* why the present case was */
  guint n_begun;
  guint n_reported;
  int n_failures;
  gboolean failed;
  gchar *case_name;
  gchar *took_too_long; /* for the signal handler, in TAP and in plain text */
  gchar *was_ended;

  GQueue criticals;
  GString *unmet;
  GLogLevelFlags fatal_mask;
  gboolean expecting;
  GThread *expecting_thread;
} harness;

int
harness_world_rank (void)
{
  return harness.rank;
}

int
harness_world_size (void)
{
  return harness.size;
}

static gboolean
mpi_is_running (void)
{
  int initialized = 0;
  int finalized = 0;

  MPI_Initialized (&initialized);
  MPI_Finalized (&finalized);
  return initialized && !finalized;
}

/* Signals */

static void
write_all (int fd, const char *text)
{
  size_t length = strlen (text);

  while (length > 0)
    {
      ssize_t written = write (fd, text, length);

      if (written < 0 && errno != EINTR)
        return;
      if (written > 0)
        {
          text += written;
          length -= (size_t) written;
        }
    }
}

/* Only what POSIX allows in a signal handler; backtrace was called once before, which loads what it needs. */
static void
on_time_out (int signal_number)
{
  const char *text = signal_number == SIGALRM ? harness.took_too_long : harness.was_ended;

  if (text != NULL)
    {
      /* In one piece each, so that the lines of several ranks do not mix. */
      if (harness.tap)
        write_all (STDOUT_FILENO, text);
      write_all (STDERR_FILENO, text + strlen ("# "));
#ifdef __GLIBC__
      {
        void *frames[64];

        backtrace_symbols_fd (frames, backtrace (frames, G_N_ELEMENTS (frames)), STDERR_FILENO);
      }
#endif
    }
  /* In a deadlock the time of all ranks ends at once: give each a chance to say so. */
  if (signal_number == SIGALRM)
    sleep (1);
  _exit (1);
}

static void
install_signal_handlers (void)
{
  /* Each time, for Check installs its own when it starts. */
  struct sigaction action = { .sa_handler = on_time_out };

  sigaction (SIGALRM, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

/* Criticals */

static GLogWriterOutput
log_writer (GLogLevelFlags log_level, const GLogField *fields, gsize n_fields, G_GNUC_UNUSED gpointer data)
{
  const gchar *message = "";

  if (harness.expecting && harness.expecting_thread == g_thread_self () && (log_level & G_LOG_LEVEL_CRITICAL) != 0)
    {
      const gchar *pattern = g_queue_peek_head (&harness.criticals);

      for (gsize i = 0; i < n_fields; i++)
        if (strcmp (fields[i].key, "MESSAGE") == 0)
          message = fields[i].value;

      if (pattern != NULL && g_pattern_match_simple (pattern, message))
        g_free (g_queue_pop_head (&harness.criticals));
      else
        g_string_append_printf (harness.unmet, "unexpected critical: %s; ", message);
      return G_LOG_WRITER_HANDLED;
    }

  return g_log_writer_default (log_level, fields, n_fields, NULL);
}

void
harness_expect_critical (const gchar *pattern)
{
  if (!harness.expecting)
    {
      harness.expecting = TRUE;
      harness.expecting_thread = g_thread_self ();
      harness.fatal_mask = g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
    }
  g_queue_push_tail (&harness.criticals, g_strdup (pattern));
}

/* Returns: (nullable): what did not happen as expected, valid until the next call */
const gchar *
harness_unmet_criticals (void)
{
  static gchar *text;
  gchar *pattern;

  if (harness.expecting)
    {
      harness.expecting = FALSE;
      g_log_set_always_fatal (harness.fatal_mask);
    }
  while ((pattern = g_queue_pop_head (&harness.criticals)) != NULL)
    {
      g_string_append_printf (harness.unmet, "no critical came for the pattern '%s'; ", pattern);
      g_free (pattern);
    }

  g_clear_pointer (&text, g_free);
  if (harness.unmet->len > 0)
    {
      text = g_strndup (harness.unmet->str, harness.unmet->len - strlen ("; "));
      g_string_truncate (harness.unmet, 0);
    }
  return text;
}

/* Results */

/* Prints @text with each of its lines marked as a comment in TAP, with the rank otherwise. */
G_GNUC_PRINTF (1, 2)
static void
print_diagnostics (const gchar *format, ...)
{
  g_autofree gchar *text = NULL;
  g_auto (GStrv) lines = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (harness.tap)
        printf ("# %s\n", lines[i]);
      else
        fprintf (stderr, "rank %d: %s\n", harness.rank, lines[i]);
    }
  fflush (harness.tap ? stdout : stderr);
}

/* Check tells the result of a case only after it, so each is reported when the next begins. */
static void
report_result (void)
{
  int n_failures;

  harness.failed = FALSE;
  if (harness.n_reported == harness.n_begun)
    return;

  harness.n_reported = harness.n_begun;
  n_failures = srunner_ntests_failed (harness.runner);
  harness.failed = n_failures > harness.n_failures;

  if (harness.tap && harness.skipped != NULL && !harness.failed)
    printf ("ok %u - %s # SKIP %s\n", harness.n_begun, harness.case_name, harness.skipped);
  else if (harness.tap)
    printf ("%s %u - %s\n", harness.failed ? "not ok" : "ok", harness.n_begun, harness.case_name);
  else if (harness.skipped != NULL)
    print_diagnostics ("%s: skipped: %s", harness.case_name, harness.skipped);
  g_clear_pointer (&harness.skipped, g_free);

  if (harness.failed)
    {
      TestResult **failures = srunner_failures (harness.runner);

      for (int i = harness.n_failures; i < n_failures; i++)
        {
          const char *file = tr_lfile (failures[i]);

          if (harness.tap)
            print_diagnostics ("%s:%d: %s", file != NULL ? file : "?", tr_lno (failures[i]), tr_msg (failures[i]));
          else
            print_diagnostics ("%s:%d: %s: %s", file != NULL ? file : "?", tr_lno (failures[i]), harness.case_name,
                               tr_msg (failures[i]));
        }
      free (failures);
    }
  harness.n_failures = n_failures;
}

/* Keeping in step */

G_NORETURN static void
give_up (const gchar *absent)
{
  print_diagnostics ("%s: waited in vain for %s", harness.case_name, absent);
  if (harness.tap)
    fprintf (stderr, "rank %d: %s: waited in vain for %s\n", harness.rank, harness.case_name, absent);
  MPI_Abort (MPI_COMM_WORLD, 1);
  _exit (1);
}

/*
 * Meets all ranks. A rank tells each of the others that it came, rather than all of them a barrier,
 * so that those which do not come are known. Returns whether any rank failed in the case before.
 */
static gboolean
meet (void)
{
  g_autofree MPI_Request *requests = g_new (MPI_Request, 2 * harness.size);
  g_autofree MPI_Status *statuses = g_new (MPI_Status, 2 * harness.size); /* gcc warns of MPICH's MPI_STATUSES_IGNORE */
  g_autofree int *states = g_new0 (int, harness.size);
  int state = harness.failed;
  int all_here = 0;
  /* The others may rightly work until their time ends; if this rank left them alone they will not come. */
  gint64 patience = harness.failed ? MAX (harness.time_limit / 6, 1) : harness.time_limit * harness.time_factor + 5;
  gint64 deadline = g_get_monotonic_time () + patience * G_USEC_PER_SEC;

  for (int i = 0; i < harness.size; i++)
    {
      MPI_Irecv (&states[i], 1, MPI_INT, i, 0, harness.comm, &requests[2 * i]);
      MPI_Isend (&state, 1, MPI_INT, i, 0, harness.comm, &requests[2 * i + 1]);
    }

  MPI_Testall (2 * harness.size, requests, &all_here, statuses);
  while (!all_here)
    {
      if (g_get_monotonic_time () > deadline)
        {
          g_autoptr (GString) absent = g_string_new (NULL);

          for (int i = 0; i < harness.size; i++)
            {
              int here = 0;

              MPI_Test (&requests[2 * i], &here, MPI_STATUS_IGNORE);
              if (!here)
                g_string_append_printf (absent, "%srank %d", absent->len > 0 ? ", " : "", i);
            }
          give_up (absent->str);
        }
      sched_yield ();
      MPI_Testall (2 * harness.size, requests, &all_here, statuses);
    }

  for (int i = 0; i < harness.size; i++)
    if (states[i])
      return TRUE;
  return FALSE;
}

static void
throw_away_messages (void)
{
  for (gsize i = INDEX_WORLD; i < N_INDICES; i++)
    {
      MPI_Comm comm = harness.comms[i] != NULL ? ompi_obj_comm_get_native (harness.comms[i]) : MPI_COMM_NULL;
      int found = comm != MPI_COMM_NULL;

      while (found)
        {
          MPI_Message message;
          MPI_Status status;
          int length = 0;

          MPI_Improbe (MPI_ANY_SOURCE, MPI_ANY_TAG, comm, &found, &message, &status);
          if (found)
            {
              g_autofree guint8 *data = NULL;

              MPI_Get_count (&status, MPI_BYTE, &length);
              data = g_malloc (length == MPI_UNDEFINED ? 1 : length + 1);
              MPI_Mrecv (data, length == MPI_UNDEFINED ? 0 : length, MPI_BYTE, &message, MPI_STATUS_IGNORE);
            }
        }
    }
}

/* Begins a case; the first thing that each does. */
MpiComm *
harness_begin (const gchar *name, int index)
{
  report_result ();
  if (mpi_is_running () && meet ())
    {
      harness.failed = FALSE;
      throw_away_messages ();
      meet ();
    }

  g_clear_pointer (&harness.took_too_long, g_free);
  g_clear_pointer (&harness.was_ended, g_free);
  g_free (harness.case_name);
  harness.case_name = communicator_names[index] != NULL
                          ? g_strdup_printf ("%s: %s on %s", harness.topic, name, communicator_names[index])
                          : g_strdup_printf ("%s: %s", harness.topic, name);
  g_strdelimit (harness.case_name + strlen (harness.topic), "_", ' ');
  harness.took_too_long = g_strdup_printf ("# rank %d: %s: took too long\n", harness.rank, harness.case_name);
  harness.was_ended = g_strdup_printf ("# rank %d: %s: ended by a signal\n", harness.rank, harness.case_name);
  harness.n_begun++;
  if (harness.tap)
    printf ("# begin %u %s\n", harness.n_begun, harness.case_name);

  install_signal_handlers ();
  harness.time_factor = 1;
  alarm (harness.time_limit);

  return harness.comms[index];
}

void
harness_allow_time (guint factor)
{
  harness.time_factor = factor;
  alarm (harness.time_limit * factor);
}

void
harness_skip (const gchar *format, ...)
{
  va_list arguments;

  g_free (harness.skipped);
  va_start (arguments, format);
  harness.skipped = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

static void
end_case (void)
{
  alarm (0);
  /* Of a case that failed while it expected criticals. */
  harness_unmet_criticals ();
}

/* Setting up */

static void
make_communicators (void)
{
  g_autoptr (GError) error = NULL;
  MPI_Comm half;
  MPI_Comm between;

  harness.comms[INDEX_ONCE] = g_object_ref (ompi_obj_comm_world ());
  harness.comms[INDEX_WORLD] = g_object_ref (ompi_obj_comm_world ());
  harness.comms[INDEX_SELF] = g_object_ref (ompi_obj_comm_self ());
  harness.comms[INDEX_DUP] = ompi_obj_comm_dup (ompi_obj_comm_world (), &error);
  if (error != NULL)
    g_error ("no duplicate of the world: %s", error->message);

  harness.side = harness.rank % 2;
  MPI_Comm_split (harness.comm, harness.side, harness.rank, &half);
  harness.comms[INDEX_HALF] = ompi_obj_comm_new_for_native (half, OMPI_OBJ_OWNERSHIP_OWNED, &error);
  if (error != NULL)
    g_error ("no object of one half of the world: %s", error->message);

  if (harness.size > 1)
    {
      MPI_Intercomm_create (half, 0, harness.comm, 1 - harness.side, 1, &between);
      harness.comms[INDEX_INTER] = ompi_obj_comm_new_for_native (between, OMPI_OBJ_OWNERSHIP_OWNED, &error);
      if (error != NULL)
        g_error ("no object of an intercommunicator: %s", error->message);
    }
}

static void
redirect_output (const gchar *directory)
{
  g_autofree gchar *name = g_strdup_printf ("rank-%d.tap", harness.rank);
  g_autofree gchar *path = g_build_filename (directory, name, NULL);

  if (freopen (path, "w", stdout) == NULL)
    g_error ("%s: %s", path, g_strerror (errno));
  setvbuf (stdout, NULL, _IOLBF, BUFSIZ);
  harness.tap = TRUE;
}

/* @topic: what the program tests, in front of the name of each of its cases */
void
harness_init (G_GNUC_UNUSED int argc, G_GNUC_UNUSED char **argv, const gchar *topic)
{
  const gchar *directory = g_getenv ("OMPI_OBJ_TEST_OUTPUT");
  const gchar *time_limit = g_getenv ("OMPI_OBJ_TEST_TIMEOUT");

  harness.topic = topic;
  harness.unmet = g_string_new (NULL);
  harness.time_limit = time_limit != NULL ? (guint) g_ascii_strtoull (time_limit, NULL, 10) : 0;
  if (harness.time_limit == 0)
    harness.time_limit = DEFAULT_TIME_LIMIT;
  harness.time_factor = 1;

  g_log_set_writer_func (log_writer, NULL, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
#ifdef __GLIBC__
  {
    void *frame;

    backtrace (&frame, 1);
  }
#endif

  /* The first use of the library initializes MPI. */
  ompi_obj_comm_world ();
  MPI_Comm_dup (MPI_COMM_WORLD, &harness.comm);
  MPI_Comm_rank (harness.comm, &harness.rank);
  MPI_Comm_size (harness.comm, &harness.size);
  if (directory != NULL && *directory != '\0')
    redirect_output (directory);
  make_communicators ();

  harness.suite = suite_create (topic);
  harness.runner = srunner_create (harness.suite);
  srunner_set_fork_status (harness.runner, CK_NOFORK);
}

/* One Check case for each test, so that CK_RUN_CASE=name runs it alone. */
void
harness_add_case (const TTest *test, HarnessCommunicators communicators)
{
  TCase *tcase = tcase_create (test->name);
  int first = INDEX_WORLD;
  int end = INDEX_HALF + 1;

  if (communicators == HARNESS_ONCE)
    first = INDEX_ONCE;
  else if (communicators == HARNESS_INTER)
    first = INDEX_INTER;
  if (communicators == HARNESS_ONCE)
    end = INDEX_ONCE + 1;
  else if (communicators != HARNESS_INTRA && harness.comms[INDEX_INTER] != NULL)
    end = INDEX_INTER + 1;

  tcase_add_checked_fixture (tcase, NULL, end_case);
  tcase_add_loop_test (tcase, test, first, end);
  suite_add_tcase (harness.suite, tcase);
}

/* Returns: the exit status of the program, the same on all ranks unless a case finalized MPI */
int
harness_run (void)
{
  int n_failures;

  srunner_run_all (harness.runner, CK_SILENT);
  report_result ();

  n_failures = harness.n_failures;
  if (mpi_is_running ())
    {
      meet ();
      MPI_Allreduce (MPI_IN_PLACE, &n_failures, 1, MPI_INT, MPI_SUM, harness.comm);
      MPI_Comm_free (&harness.comm);
    }
  for (gsize i = 0; i < N_INDICES; i++)
    g_clear_object (&harness.comms[i]);

  if (harness.tap)
    printf ("1..%u\n", harness.n_begun);
  else if (harness.rank == 0)
    printf ("%s: %u cases at %d ranks, %d failed\n", harness.topic, harness.n_begun, harness.size, n_failures);
  fflush (stdout);

  srunner_free (harness.runner);
  g_clear_pointer (&harness.took_too_long, g_free);
  g_clear_pointer (&harness.was_ended, g_free);
  g_free (harness.case_name);
  g_string_free (harness.unmet, TRUE);

  /*
   * When all is well, MPI is finalized as in a program that knows nothing of it. A failure status
   * would make the library abort the job at exit, so that other ranks do not hang; here none does.
   */
  if (n_failures > 0 && mpi_is_running ())
    ompi_obj_finalize (NULL);
  return n_failures > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Who talks with whom */

gint
harness_n_peers (MpiComm *comm)
{
  if (ompi_obj_comm_is_inter (comm))
    return ompi_obj_intercomm_get_remote_size (OMPI_OBJ_INTERCOMM (comm));
  return ompi_obj_comm_get_size (comm);
}

gboolean
harness_rounds_next (HarnessRounds *rounds, MpiComm *comm)
{
  gint n_peers = harness_n_peers (comm);
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n = MAX (n_peers, ompi_obj_comm_get_size (comm));
  gint dest;
  gint source;

  if (++rounds->round >= n)
    return FALSE;

  dest = (rank + rounds->round) % n;
  source = (rank - rounds->round + n) % n;
  rounds->dest = dest < n_peers ? dest : OMPI_OBJ_PROC_NULL;
  rounds->source = source < n_peers ? source : OMPI_OBJ_PROC_NULL;
  return TRUE;
}

gboolean
harness_pairs_next (HarnessPairs *pairs, MpiComm *comm)
{
  gboolean inter = ompi_obj_comm_is_inter (comm);
  gint own_side = inter ? harness.side : 0;
  gint n_own = ompi_obj_comm_get_size (comm);
  gint n_peers = harness_n_peers (comm);
  gint rank = ompi_obj_comm_get_rank (comm);
  gint n_sides = inter ? 2 : 1;

  while (pairs->next < n_sides * n_own * n_peers)
    {
      gint side = pairs->next / (n_own * n_peers);
      gint rest = pairs->next % (n_own * n_peers);
      gint n_receivers = side == own_side ? n_peers : n_own;
      gint sender = rest / n_receivers;
      gint receiver = rest % n_receivers;

      pairs->next++;
      if (!inter && sender == receiver)
        continue;

      pairs->sending = side == own_side && sender == rank;
      pairs->peer = pairs->sending ? receiver : sender;
      if (pairs->sending || ((!inter || side != own_side) && receiver == rank))
        return TRUE;
    }
  return FALSE;
}

/* Comparisons */

/* Returns: (nullable): what is wrong with @error, valid until the next call */
const gchar *
harness_error_mismatch (const GError *error, gint code, const gchar *code_name, const gchar *text)
{
  static gchar *mismatch;

  g_clear_pointer (&mismatch, g_free);
  if (error == NULL)
    mismatch = g_strdup_printf ("no error where %s was expected", code_name);
  else if (error->domain != OMPI_OBJ_ERROR || error->code != code)
    mismatch = g_strdup_printf ("the error is not %s but %s %d: %s", code_name, g_quark_to_string (error->domain),
                                error->code, error->message);
  else if (text != NULL && strstr (error->message, text) == NULL)
    mismatch = g_strdup_printf ("the message of %s lacks '%s': %s", code_name, text, error->message);
  return mismatch;
}

static gchar *
print_shortened (GVariant *value)
{
  g_autofree gchar *text = NULL;

  if (value == NULL)
    return g_strdup ("NULL");
  if (g_variant_get_size (value) > 4096)
    return g_strdup_printf ("(a value of type %s, %" G_GSIZE_FORMAT " bytes)", g_variant_get_type_string (value),
                            g_variant_get_size (value));
  text = g_variant_print (value, TRUE);
  return g_strndup (text, 1000);
}

/* Returns: (nullable): both values as text if they differ, valid until the next call */
const gchar *
harness_variant_difference (GVariant *value, GVariant *expected)
{
  static gchar *difference;
  g_autofree gchar *value_text = NULL;
  g_autofree gchar *expected_text = NULL;

  g_clear_pointer (&difference, g_free);
  if (value == expected)
    return NULL;
  /* A value known to be normal is compared by its bytes, otherwise by its text, which takes minutes for an array. */
  if (value != NULL && expected != NULL && g_variant_is_normal_form (value) && g_variant_is_normal_form (expected)
      && g_variant_equal (value, expected))
    return NULL;

  value_text = print_shortened (value);
  expected_text = print_shortened (expected);
  difference = g_strdup_printf ("%s differs from %s", value_text, expected_text);
  return difference;
}
