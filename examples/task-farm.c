/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A farm: rank 0 has a pool of tasks, and the others work on them.
 *
 *     mpirun -n 4 task-farm [FIRST [COUNT]]
 *
 * The tasks are to take numbers apart into their prime factors: a moment for some, long for others.
 * So they are not dealt out beforehand: whoever has done one gets the next. Tasks and answers are
 * values; an answer may have any number of factors, and comes from any rank.
 */
#include <ompi_obj/ompi_obj.h>

#include <stdlib.h>

#define DEFAULT_FIRST G_GUINT64_CONSTANT (10000000000000)
#define DEFAULT_COUNT 60
#define MAX_FIRST (G_MAXUINT32 * (guint64) G_MAXUINT32) /* so that a divisor's square does not overflow */
#define TAG_ANSWER 1
#define TAG_TASK 2

/* Returns: (transfer floating): the number and its prime factors, (tat) */
static GVariant *
factorize (guint64 number)
{
  GVariantBuilder factors;
  guint64 rest = number;

  g_variant_builder_init (&factors, G_VARIANT_TYPE ("at"));
  for (guint64 d = 2; d * d <= rest; d += d == 2 ? 1 : 2)
    for (; rest % d == 0; rest /= d)
      g_variant_builder_add (&factors, "t", d);
  if (rest > 1)
    g_variant_builder_add (&factors, "t", rest);
  return g_variant_new ("(tat)", number, &factors);
}

/* A worker begins with an empty answer, which asks for work. The task 0 tells it to go home. */
static gboolean
work (MpiComm *comm, GError **error)
{
  GVariant *answer = g_variant_new ("(tat)", (guint64) 0, NULL);

  for (;;)
    {
      g_autoptr (GVariant) task =
          ompi_obj_comm_sendrecv_variant (comm, answer, 0, TAG_ANSWER, 0, TAG_TASK, NULL, error);

      if (task == NULL)
        return FALSE;
      if (g_variant_get_uint64 (task) == 0)
        return TRUE;
      answer = factorize (g_variant_get_uint64 (task));
    }
}

static void
print_answer (GVariant *answer)
{
  g_autoptr (GVariantIter) factors = NULL;
  guint64 number;
  guint64 factor;

  g_variant_get (answer, "(tat)", &number, &factors);
  g_print ("%" G_GUINT64_FORMAT ":", number);
  while (g_variant_iter_next (factors, "t", &factor))
    g_print (" %" G_GUINT64_FORMAT, factor);
  g_print ("\n");
}

/* Serves whoever comes until all workers have gone home; keeps the answers in the order of the tasks. */
static gboolean
hand_out (MpiComm *comm, guint64 first, GPtrArray *answers, guint *shares, GError **error)
{
  gint n_workers = ompi_obj_comm_get_size (comm) - 1;
  guint n_given = 0;

  while (n_workers > 0)
    {
      MpiStatus status;
      g_autoptr (GVariant) answer = ompi_obj_comm_recv_variant (comm, OMPI_OBJ_ANY_SOURCE, TAG_ANSWER, &status, error);
      guint64 task = 0;
      guint64 number;
      gint worker;

      if (answer == NULL)
        return FALSE;

      worker = ompi_obj_status_get_source (&status);
      if (n_given < answers->len)
        task = first + n_given++;
      else
        n_workers--;
      if (!ompi_obj_comm_send_variant (comm, g_variant_new_uint64 (task), worker, TAG_TASK, error))
        return FALSE;

      g_variant_get (answer, "(tat)", &number, NULL);
      if (number != 0)
        {
          answers->pdata[number - first] = g_steal_pointer (&answer);
          shares[worker]++;
        }
    }
  return TRUE;
}

static gint
farm (gint argc, gchar **argv, GError **error)
{
  MpiComm *comm = ompi_obj_comm_world ();
  gint size = ompi_obj_comm_get_size (comm);
  guint64 first = DEFAULT_FIRST;
  guint64 count = DEFAULT_COUNT;
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_autofree guint *shares = g_new0 (guint, size);

  /* Every rank sees the same arguments, so all of them leave here or none. */
  if (argc > 3 || (argc > 1 && !g_ascii_string_to_unsigned (argv[1], 10, 2, MAX_FIRST, &first, NULL))
      || (argc > 2 && !g_ascii_string_to_unsigned (argv[2], 10, 0, G_MAXINT32, &count, NULL)))
    {
      if (ompi_obj_comm_get_rank (comm) == 0)
        g_printerr ("task-farm: it takes a number from 2 to 2^64 - 2^33, and how many\n");
      return EXIT_FAILURE;
    }

  if (ompi_obj_comm_get_rank (comm) != 0)
    return work (comm, error) ? EXIT_SUCCESS : EXIT_FAILURE;

  g_ptr_array_set_size (answers, (gint) count);
  if (!hand_out (comm, first, answers, shares, error))
    return EXIT_FAILURE;
  /* Without workers the tasks are still in the pool. */
  for (guint i = 0; i < answers->len && size == 1; i++)
    {
      answers->pdata[i] = g_variant_ref_sink (factorize (first + i));
      shares[0]++;
    }

  for (guint i = 0; i < answers->len; i++)
    print_answer (answers->pdata[i]);
  for (gint rank = 0; rank < size; rank++)
    g_printerr ("rank %d did %u of %u\n", rank, shares[rank], answers->len);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  return ompi_obj_run (argc, argv, farm);
}
