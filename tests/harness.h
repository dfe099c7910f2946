/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Check under mpirun: every rank runs the same cases, and each case runs over a table of
 * communicators. See harness.c for how ranks are kept in step.
 *
 *   MPI_TEST (ring)
 *   {
 *     ck_assert_int_ge (ompi_obj_comm_get_size (comm), 1);
 *   }
 *
 *   int
 *   main (int argc, char **argv)
 *   {
 *     harness_init (argc, argv, "topic");
 *     harness_add (ring, HARNESS_ALL);
 *     return harness_run ();
 *   }
 */
#include <check.h>
#include <string.h>

#include <ompi_obj/native.h>

/*
 * HarnessCommunicators:
 * @HARNESS_ONCE: the case runs once, with the world
 * @HARNESS_INTRA: over the world, self, a duplicate of the world, and the even and the odd ranks each on their own
 * @HARNESS_ALL: over an intercommunicator between the even and the odd ranks too, if there are two ranks
 * @HARNESS_INTER: over that intercommunicator only
 */
typedef enum
{
  HARNESS_ONCE,
  HARNESS_INTRA,
  HARNESS_ALL,
  HARNESS_INTER
} HarnessCommunicators;

/* Defines a test case, a function of the communicator @comm. */
#define MPI_TEST(name)                                                       \
  static void name (MpiComm *comm);                                          \
  static void name##_on (int _i)                                             \
  {                                                                          \
    tcase_fn_start (#name, __FILE__, __LINE__);                              \
    name (harness_begin (#name, _i));                                        \
  }                                                                          \
  static const TTest name##_test = { #name, name##_on, __FILE__, __LINE__ }; \
  static void name (G_GNUC_UNUSED MpiComm *comm)

#define harness_add(name, communicators) harness_add_case (&name##_test, communicators)

void harness_init (int argc, char **argv, const gchar *topic);
void harness_add_case (const TTest *test, HarnessCommunicators communicators);
int harness_run (void);
MpiComm *harness_begin (const gchar *name, int index);

/* Gives the present case @factor times the usual time; on all ranks or on none. */
void harness_allow_time (guint factor);

/* Reports the present case as skipped if it does not fail; it goes on, and should return. */
void harness_skip (const gchar *format, ...) G_GNUC_PRINTF (1, 2);

/* The world's rank and size as raw MPI has them. */
int harness_world_rank (void);
int harness_world_size (void);

/*
 * The ranks that messages over @comm can come from and go to: those of the other side of an
 * intercommunicator, all of an intracommunicator.
 */
gint harness_n_peers (MpiComm *comm);

/*
 * HarnessRounds: rounds of sendrecv in which each rank meets each peer once in each direction, also when the two
 * sides of an intercommunicator differ in size; @dest and @source may be PROC_NULL.
 */
typedef struct
{
  gint round;
  gint dest;
  gint source;
} HarnessRounds;

#define HARNESS_ROUNDS_INIT                    \
  {                                            \
    -1, OMPI_OBJ_PROC_NULL, OMPI_OBJ_PROC_NULL \
  }

gboolean harness_rounds_next (HarnessRounds *rounds, MpiComm *comm);

/*
 * HarnessPairs: all ordered pairs of two different ranks, one after the other, so that blocking sends of any mode
 * cannot deadlock. Gives only the pairs that the calling rank takes part in.
 */
typedef struct
{
  gint next;
  gboolean sending;
  gint peer;
} HarnessPairs;

#define HARNESS_PAIRS_INIT       \
  {                              \
    0, FALSE, OMPI_OBJ_PROC_NULL \
  }

gboolean harness_pairs_next (HarnessPairs *pairs, MpiComm *comm);

/* Errors */

#define assert_no_error(error)                                                                                \
  do                                                                                                          \
    {                                                                                                         \
      if ((error) != NULL)                                                                                    \
        ck_abort_msg ("unexpected error: %s (%s, %d)", (error)->message, g_quark_to_string ((error)->domain), \
                      (error)->code);                                                                         \
    }                                                                                                         \
  while (0)

/* Asserts that @expression is true and has set no error. */
#define assert_succeeds(expression, error)                                               \
  do                                                                                     \
    {                                                                                    \
      gboolean succeeded_ = !!(expression);                                              \
      assert_no_error (error);                                                           \
      ck_assert_msg (succeeded_, "Assertion '%s' failed without an error", #expression); \
    }                                                                                    \
  while (0)

/* Asserts an error of the library's domain with @text (NULL for any) in its message, and clears it. */
#define assert_error(error, expected_code, text)                                                    \
  do                                                                                                \
    {                                                                                               \
      const gchar *mismatch_ = harness_error_mismatch (error, expected_code, #expected_code, text); \
      if (mismatch_ != NULL)                                                                        \
        ck_abort_msg ("%s", mismatch_);                                                             \
      g_clear_error (&(error));                                                                     \
    }                                                                                               \
  while (0)

/* Asserts that a call gives FALSE or NULL, and @error the text, a format with its arguments, behind @function. */
#define assert_call_fails(call, error, code, function, ...)                    \
  do                                                                           \
    {                                                                          \
      g_autofree gchar *expected_ = g_strdup_printf (__VA_ARGS__);             \
      g_autofree gchar *text_ = g_strconcat (function, ": ", expected_, NULL); \
      ck_assert_msg (!(call), "%s succeeded", #call);                          \
      assert_error (error, code, text_);                                       \
    }                                                                          \
  while (0)

const gchar *harness_error_mismatch (const GError *error, gint code, const gchar *code_name, const gchar *text);

/* Values */

#define assert_variant_equal(value, expected)                                  \
  do                                                                           \
    {                                                                          \
      const gchar *difference_ = harness_variant_difference (value, expected); \
      if (difference_ != NULL)                                                 \
        ck_abort_msg ("%s is not %s: %s", #value, #expected, difference_);     \
    }                                                                          \
  while (0)

const gchar *harness_variant_difference (GVariant *value, GVariant *expected);

/*
 * Programmer errors. Any other critical ends the program.
 */
void harness_expect_critical (const gchar *pattern);

#define harness_assert_criticals()                      \
  do                                                    \
    {                                                   \
      const gchar *unmet_ = harness_unmet_criticals (); \
      if (unmet_ != NULL)                               \
        ck_abort_msg ("%s", unmet_);                    \
    }                                                   \
  while (0)

const gchar *harness_unmet_criticals (void);
