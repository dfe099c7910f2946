/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values that are larger than counts of 32 bits, and larger than there is memory for. */

#include "wire-messages.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "messages.h"
#include "values.h"

/* A payload that takes no memory where nothing is written: pages that were never touched share one of zeros. */

typedef struct
{
  guint8 *bytes;
  gsize size;
} Sparse;

static void
sparse_free (gpointer data)
{
  Sparse *self = data;

  munmap (self->bytes, self->size);
  g_free (self);
}

/* Where content is written and looked at. */
static gsize
mark (gsize size, gsize i)
{
  const gsize marks[] = { 0, 1, 4095, size / 3, size / 2, (gsize) G_MAXINT32, size - 4097, size - 1 };

  return i < G_N_ELEMENTS (marks) ? MIN (marks[i], size - 1) : size;
}

static guint8
byte_at (gsize size, gsize i)
{
  return (guint8) (size + 17 * i + 1);
}

static GVariant *
make_sparse (gsize size)
{
  Sparse *self = g_new (Sparse, 1);

  self->size = size;
  self->bytes = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  ck_assert_msg (self->bytes != MAP_FAILED, "no addresses for %" G_GSIZE_FORMAT " bytes", size);
  for (gsize i = 0; mark (size, i) < size; i++)
    self->bytes[mark (size, i)] = byte_at (size, i);
  return g_variant_ref_sink (
      g_variant_new_from_data (G_VARIANT_TYPE_BYTESTRING, self->bytes, size, TRUE, sparse_free, self));
}

static void
assert_sparse (GVariant *value, gsize size)
{
  const guint8 *bytes;

  ck_assert_str_eq (g_variant_get_type_string (value), "ay");
  ck_assert_uint_eq (g_variant_get_size (value), size);
  bytes = g_variant_get_data (value);
  for (gsize i = 0; mark (size, i) < size; i++)
    {
      gboolean covered = FALSE;

      for (gsize j = i + 1; mark (size, j) < size; j++)
        covered = covered || mark (size, j) == mark (size, i);
      ck_assert (covered || bytes[mark (size, i)] == byte_at (size, i));
    }
  /* Between them there is nothing. */
  for (gsize i = 5000; i < size - 5000; i += size / 1000)
    ck_assert_uint_eq (bytes[i], 0);
}

static void
exchange_words (MpiComm *comm)
{
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);
  gint source = (rank + size - 1) % size;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value =
      ompi_obj_comm_sendrecv_variant (comm, g_variant_new_int32 (rank), (rank + 1) % size, 7, source, 7, NULL, &error);

  assert_no_error (error);
  ck_assert_int_eq (g_variant_get_int32 (value), source);
}

/* Larger than 2 GiB */

#define HUGE_SIZE (((gsize) 2 << 30) + 123457)

#if MPI_VERSION >= 4
/* Bytes that can be had now: of the machine, or of what this job may use of it. */
static guint64
available_memory (void)
{
  guint64 available = G_MAXUINT64;
  guint64 limit = 0;
  guint64 used = 0;
  g_autofree gchar *text = NULL;
  g_autofree gchar *limit_text = NULL;
  g_autofree gchar *used_text = NULL;
  struct rlimit addresses;

  if (g_file_get_contents ("/proc/meminfo", &text, NULL, NULL))
    {
      const gchar *line = strstr (text, "MemAvailable:");

      if (line != NULL)
        available = 1024 * g_ascii_strtoull (line + strlen ("MemAvailable:"), NULL, 10);
    }
  if (g_file_get_contents ("/sys/fs/cgroup/memory.max", &limit_text, NULL, NULL)
      && g_file_get_contents ("/sys/fs/cgroup/memory.current", &used_text, NULL, NULL)
      && (limit = g_ascii_strtoull (limit_text, NULL, 10)) > 0)
    {
      used = g_ascii_strtoull (used_text, NULL, 10);
      available = MIN (available, limit > used ? limit - used : 0);
    }
  if (getrlimit (RLIMIT_AS, &addresses) == 0 && addresses.rlim_cur != RLIM_INFINITY)
    available = MIN (available, addresses.rlim_cur);
  return available;
}

/* From rank 0 to rank 1 and back: what arrived there is what is sent. */
MPI_TEST (more_than_2_gib)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;
  gint64 enough = available_memory () > 2 * HUGE_SIZE + ((guint64) 2 << 30);
  gint64 enough_for_all = 0;

  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (&enough, 1), OMPI_OBJ_DATA (&enough_for_all, 1),
                                            OMPI_OBJ_MIN, &error),
                   error);
  if (!enough_for_all)
    {
      harness_skip ("a value of 2 GiB on two ranks takes more memory than is available");
      return;
    }

  harness_allow_time (10);
  if (ompi_obj_comm_get_rank (comm) == 0)
    {
      g_autoptr (GVariant) sent = make_sparse (HUGE_SIZE);
      MpiStatus status;

      assert_succeeds (ompi_obj_comm_send_variant (comm, sent, 1, 1, &error), error);
      value = ompi_obj_comm_recv_variant (comm, 1, 2, &status, &error);
      assert_no_error (error);
      ck_assert_int_gt (ompi_obj_status_get_count (&status, OMPI_OBJ_BYTE, &error), HUGE_SIZE);
    }
  else
    {
      value = ompi_obj_comm_recv_variant (comm, 0, 1, NULL, &error);
      assert_no_error (error);
      assert_succeeds (ompi_obj_comm_send_variant (comm, value, 0, 2, &error), error);
    }
  assert_sparse (value, HUGE_SIZE);
  exchange_words (comm);
}
#else

/* An MPI that counts to 2^31 - 1 refuses what it cannot send, the head of the message included. */
MPI_TEST (more_than_this_mpi_counts)
{
  const gsize sizes[] = { HUGE_SIZE, (gsize) G_MAXINT32, (gsize) G_MAXINT32 - 23 };
  gint rank = ompi_obj_comm_get_rank (comm);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = make_sparse (sizes[i]);
      g_autofree gchar *text = g_strdup_printf ("the value takes %" G_GSIZE_FORMAT " bytes", sizes[i] + 24);

      ck_assert (!ompi_obj_comm_send_variant (comm, value, rank, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_COUNT, text);
      ck_assert (!ompi_obj_comm_ssend_variant (comm, value, rank, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_COUNT, text);
      ck_assert (!ompi_obj_comm_bsend_variant (comm, value, rank, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_COUNT, text);
      ck_assert_ptr_null (ompi_obj_comm_isend_variant (comm, value, rank, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_COUNT, text);
      ck_assert_ptr_null (ompi_obj_comm_issend_variant (comm, value, rank, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_COUNT, text);
      ck_assert_ptr_null (ompi_obj_comm_ibsend_variant (comm, value, rank, 0, &error));
      assert_error (error, OMPI_OBJ_ERROR_COUNT, text);
      ck_assert_ptr_null (ompi_obj_comm_sendrecv_variant (comm, value, rank, 0, rank, 0, NULL, &error));
      assert_error (error, OMPI_OBJ_ERROR_COUNT, text);
    }
  exchange_words (comm);
}
#endif

/* Sizes that are claimed */

static const guint64 claims[] = {
  1,
  1 << 20,
  G_GUINT64_CONSTANT (1) << 31,
  G_GUINT64_CONSTANT (1) << 40,
  (G_GUINT64_CONSTANT (1) << 62) + 1,
  G_MAXINT64 - 24,
  G_MAXINT64 - 23,
  G_GUINT64_CONSTANT (1) << 63,
  G_MAXUINT64,
};

/* A head that says that @size bytes follow, and nothing behind it. */
static GByteArray *
write_claim (guint64 size)
{
  GByteArray *message = write_message (FLAG_NATIVE, "ay", 2, NULL, 0);
  const guint64 stored = GUINT64_TO_LE (size);

  memcpy (message->data + 8, &stored, sizeof stored);
  return message;
}

static void
zero_fill (GByteArray *bytes, guint size)
{
  const guint old_size = bytes->len;

  g_byte_array_set_size (bytes, size);
  memset (bytes->data + old_size, 0, size - old_size);
}

/* Nothing is allocated for what was not sent, and the next message is received. */
MPI_TEST (claimed_sizes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      HarnessRounds rounds = HARNESS_ROUNDS_INIT;

      while (harness_rounds_next (&rounds, comm))
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GByteArray) claim = write_claim (claims[i]);
          g_autoptr (MpiRequest) send =
              ompi_obj_comm_isend (comm, OMPI_OBJ_DATA (claim->data, (gint64) claim->len), rounds.dest, 0, &error);
          g_autoptr (MpiRequest) receive = NULL;

          assert_no_error (error);
          if (rounds.source != OMPI_OBJ_PROC_NULL && i % 2 == 0)
            {
              ck_assert_ptr_null (ompi_obj_comm_recv_variant (comm, rounds.source, 0, NULL, &error));
              assert_error (error, OMPI_OBJ_ERROR_MALFORMED, "claims a payload");
            }
          else if (rounds.source != OMPI_OBJ_PROC_NULL)
            {
              receive = ompi_obj_comm_irecv_variant (comm, rounds.source, 0, &error);
              assert_no_error (error);
              ck_assert_ptr_null (ompi_obj_request_wait_variant (receive, NULL, &error));
              assert_error (error, OMPI_OBJ_ERROR_MALFORMED, "claims a payload");
            }
          assert_succeeds (ompi_obj_request_wait (send, NULL, &error), error);
        }
      exchange_words (ompi_obj_comm_world ());
    }
}

/* What the root of a broadcast does when another rank has failed: it agrees on that, and hears the report of rank 0. */
static void
hear_of_failure (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  gint64 agreement[5] = { 0, 0, 0, G_MININT64, 1 };
  gint64 agreed[5] = { 0 };
  guint8 report[1024] = { 0 };
  guint8 heard[1024] = { 0 };

  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (agreement, 5), OMPI_OBJ_DATA (agreed, 5), OMPI_OBJ_MAX,
                                            &error),
                   error);
  ck_assert_int_eq (agreed[0], G_MAXINT32 - 0);
  assert_succeeds (ompi_obj_comm_allreduce (comm, OMPI_OBJ_DATA (report, 1024), OMPI_OBJ_DATA (heard, 1024),
                                            OMPI_OBJ_MAX, &error),
                   error);
  ck_assert_uint_eq (heard[0], 1);
  ck_assert_int_eq (heard[1], OMPI_OBJ_ERROR_NO_MEM);
  ck_assert_uint_eq (heard[1023], 0);
  ck_assert_ptr_nonnull (strstr ((const gchar *) heard + 2, "rank 0 failed: no memory for values of "));
}

/*
 * In a broadcast the head comes first, so it is believed, and there is no memory for it. What cannot be read
 * ends the broadcast on every rank that sees it.
 */
MPI_TEST (claimed_sizes_in_a_broadcast)
{
  gint root = ompi_obj_comm_get_size (comm) - 1;
  gboolean is_root = ompi_obj_comm_get_rank (comm) == root;

  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean is_readable = claims[i] <= G_MAXINT64 - 24;

      /* Those are small enough to be had; the root would have to send them. */
      if (claims[i] < G_GUINT64_CONSTANT (1) << 62)
        continue;
      if (is_root)
        {
          g_autoptr (GByteArray) claim = write_claim (claims[i]);

          zero_fill (claim, 1024);
          assert_succeeds (ompi_obj_comm_bcast (comm, OMPI_OBJ_DATA (claim->data, 1024), root, &error), error);
          if (is_readable && ompi_obj_comm_get_size (comm) > 1)
            hear_of_failure (comm);
        }
      else
        {
          ck_assert_ptr_null (ompi_obj_comm_bcast_variant (comm, NULL, root, &error));
          if (is_readable)
            assert_error (error, OMPI_OBJ_ERROR_NO_MEM, "MPI_Bcast: ");
          else
            assert_error (error, OMPI_OBJ_ERROR_MALFORMED, "MPI_Bcast: ");
        }
    }
  exchange_words (comm);
}

/*
 * No memory: the process may get little more than it has. Values are larger than what the library keeps of
 * freed ones, and than what the C library does.
 */

#define BIG_SIZE ((gsize) 96 << 20)
#define LITTLE_MORE ((rlim_t) 32 << 20)

static struct rlimit usual_limit;

static void
limit_memory (void)
{
  g_autofree gchar *text = NULL;
  struct rlimit limit;

  ck_assert_int_eq (getrlimit (RLIMIT_AS, &usual_limit), 0);
  ck_assert (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  limit = usual_limit;
  limit.rlim_cur = (rlim_t) g_ascii_strtoull (text, NULL, 10) * (rlim_t) sysconf (_SC_PAGESIZE) + LITTLE_MORE;
  ck_assert_int_eq (setrlimit (RLIMIT_AS, &limit), 0);
}

static void
unlimit_memory (void)
{
  ck_assert_int_eq (setrlimit (RLIMIT_AS, &usual_limit), 0);
}

typedef struct
{
  GVariant *value;
  MpiRequest *send;
  gint source;
} Ring;

static void
ring_begin (Ring *self, MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  gint rank = ompi_obj_comm_get_rank (comm);
  gint size = ompi_obj_comm_get_size (comm);

  self->source = (rank + size - 1) % size;
  self->value = make_sparse (BIG_SIZE);
  self->send = ompi_obj_comm_isend_variant (comm, self->value, (rank + 1) % size, 3, &error);
  assert_no_error (error);
}

static void
ring_end (Ring *self, MpiComm *comm)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_request_wait (self->send, NULL, &error), error);
  g_object_unref (self->send);
  g_variant_unref (self->value);
  exchange_words (comm);
}

/* The message stays, and can be received when there is memory. */
MPI_TEST (no_memory_for_a_matched_message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiMessage) message = NULL;
  g_autoptr (GVariant) value = NULL;
  Ring ring;

  ring_begin (&ring, comm);
  message = ompi_obj_comm_mprobe (comm, ring.source, 3, NULL, &error);
  assert_no_error (error);

  for (gint i = 0; i < 2; i++)
    {
      limit_memory ();
      value = ompi_obj_message_recv_variant (message, NULL, &error);
      unlimit_memory ();
      ck_assert_ptr_null (value);
      assert_error (error, OMPI_OBJ_ERROR_NO_MEM, "MPI_Mrecv: no memory for a value of 100663320 bytes");
    }

  value = ompi_obj_message_recv_variant (message, NULL, &error);
  assert_no_error (error);
  assert_sparse (value, BIG_SIZE);
  ring_end (&ring, comm);
}

/* The message is thrown away, so that its sender can go on. */
MPI_TEST (no_memory_in_recv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;
  Ring ring;

  ring_begin (&ring, comm);
  limit_memory ();
  value = ompi_obj_comm_recv_variant (comm, ring.source, 3, NULL, &error);
  unlimit_memory ();
  ck_assert_ptr_null (value);
  assert_error (error, OMPI_OBJ_ERROR_NO_MEM, "no memory for a value of 100663320 bytes");
  ring_end (&ring, comm);
}

MPI_TEST (no_memory_in_irecv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) receive = NULL;
  g_autoptr (GVariant) value = NULL;
  Ring ring;

  ring_begin (&ring, comm);
  limit_memory ();
  receive = ompi_obj_comm_irecv_variant (comm, ring.source, 3, &error);
  if (receive != NULL)
    value = ompi_obj_request_wait_variant (receive, NULL, &error);
  unlimit_memory ();
  ck_assert_ptr_null (value);
  assert_error (error, OMPI_OBJ_ERROR_NO_MEM, "no memory for a value of 100663320 bytes");
  ck_assert (!ompi_obj_request_is_active (receive));
  ck_assert_ptr_null (ompi_obj_request_get_variant (receive, &error));
  assert_error (error, OMPI_OBJ_ERROR_NO_MEM, NULL);
  ring_end (&ring, comm);
}

/*
 * One rank has none: no rank gets a value, and all know why
 *
 * The large value goes from the sender to the poor rank, or the other way; all else is small.
 */

typedef enum
{
  BCAST_TO_POOR,
  BCAST_FROM_POOR,
  GATHER_TO_POOR,
  GATHER_FROM_POOR,
  ALLGATHER_TO_POOR,
  ALLGATHER_FROM_POOR,
  SCATTER_TO_POOR,
  SCATTER_FROM_POOR,
  ALLTOALL_TO_POOR,
  ALLTOALL_FROM_POOR
} Attempt;

typedef struct
{
  MpiComm *comm;
  GVariant *value;
  GPtrArray *values; /* one for each rank */
  gint root;
} Exchange;

static gboolean
attempt_is_from_poor (Attempt attempt)
{
  return attempt % 2 == 1;
}

/* Bytes of a type that has a name so long that it, and all that follows, is copied. */
static GVariant *
make_long_type (GVariant *large)
{
  g_autofree gchar *letters = g_strnfill (1100, 'y');
  g_autofree gchar *type = g_strdup_printf ("(%say)", letters);

  return g_variant_ref_sink (g_variant_new_from_data (G_VARIANT_TYPE (type), g_variant_get_data (large),
                                                      g_variant_get_size (large), TRUE,
                                                      (GDestroyNotify) g_variant_unref, g_variant_ref (large)));
}

static void
exchange_init (Exchange *self, Attempt attempt, const Roots *poor, MpiComm *comm)
{
  const gboolean is_inter = ompi_obj_comm_is_inter (comm);
  const gint sender = is_inter ? 0 : (poor->rank + 1) % ompi_obj_comm_get_size (comm);
  const gboolean is_sender = poor->is_other && ompi_obj_comm_get_rank (comm) == sender;
  const gboolean has_large = attempt_is_from_poor (attempt) ? poor->is_root : is_sender;
  const gint dest = attempt_is_from_poor (attempt) ? sender : poor->rank;

  self->comm = comm;
  self->value = has_large ? make_sparse (BIG_SIZE) : g_variant_ref_sink (g_variant_new_string ("small"));
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  for (gint i = 0; i < harness_n_peers (comm); i++)
    g_ptr_array_add (self->values,
                     i == dest ? g_variant_ref (self->value) : g_variant_ref_sink (g_variant_new_string ("small")));
  if (attempt == BCAST_FROM_POOR && has_large)
    {
      g_autoptr (GVariant) large = g_steal_pointer (&self->value);

      self->value = make_long_type (large);
    }

  if (attempt == GATHER_TO_POOR || attempt == SCATTER_FROM_POOR || attempt == BCAST_FROM_POOR)
    self->root = poor->root;
  else if (!is_inter || !poor->is_other)
    self->root = sender;
  else
    self->root = is_sender ? OMPI_OBJ_ROOT : OMPI_OBJ_PROC_NULL;
}

static void
exchange_clear (Exchange *self)
{
  g_variant_unref (self->value);
  g_ptr_array_unref (self->values);
}

/* Whether there is a result. */
static gboolean
exchange_run (Exchange *self, Attempt attempt, GError **error)
{
  GVariant **values = (GVariant **) self->values->pdata;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GPtrArray) received = NULL;

  switch (attempt)
    {
    case BCAST_TO_POOR:
    case BCAST_FROM_POOR:
      value = ompi_obj_comm_bcast_variant (self->comm, self->value, self->root, error);
      break;
    case GATHER_TO_POOR:
    case GATHER_FROM_POOR:
      received = ompi_obj_comm_gather_variant (self->comm, self->value, self->root, error);
      break;
    case ALLGATHER_TO_POOR:
    case ALLGATHER_FROM_POOR:
      received = ompi_obj_comm_allgather_variant (self->comm, self->value, error);
      break;
    case SCATTER_TO_POOR:
    case SCATTER_FROM_POOR:
      value = ompi_obj_comm_scatter_variant (self->comm, values, self->values->len, self->root, error);
      break;
    case ALLTOALL_TO_POOR:
    case ALLTOALL_FROM_POOR:
    default:
      received = ompi_obj_comm_alltoall_variant (self->comm, values, self->values->len, error);
      break;
    }
  return value != NULL || received != NULL;
}

static MpiRequest *
exchange_start (Exchange *self, Attempt attempt, GError **error)
{
  GVariant **values = (GVariant **) self->values->pdata;

  switch (attempt)
    {
    case BCAST_TO_POOR:
    case BCAST_FROM_POOR:
      return ompi_obj_comm_ibcast_variant (self->comm, self->value, self->root, error);
    case GATHER_TO_POOR:
    case GATHER_FROM_POOR:
      return ompi_obj_comm_igather_variant (self->comm, self->value, self->root, error);
    case ALLGATHER_TO_POOR:
    case ALLGATHER_FROM_POOR:
      return ompi_obj_comm_iallgather_variant (self->comm, self->value, error);
    case SCATTER_TO_POOR:
    case SCATTER_FROM_POOR:
      return ompi_obj_comm_iscatter_variant (self->comm, values, self->values->len, self->root, error);
    case ALLTOALL_TO_POOR:
    case ALLTOALL_FROM_POOR:
    default:
      return ompi_obj_comm_ialltoall_variant (self->comm, values, self->values->len, error);
    }
}

static void
exchange_without_memory (MpiComm *comm, const Roots *poor, Attempt attempt, gboolean is_blocking)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) request = NULL;
  g_autofree gchar *others = g_strdup_printf (": rank %d failed: no memory ", poor->rank);
  gboolean has_result;
  Exchange exchange;

  exchange_init (&exchange, attempt, poor, comm);
  if (poor->is_root)
    limit_memory ();
  if (is_blocking)
    {
      has_result = exchange_run (&exchange, attempt, &error);
    }
  else
    {
      request = exchange_start (&exchange, attempt, &error);
      has_result = request != NULL && ompi_obj_request_wait (request, NULL, &error);
    }
  if (poor->is_root)
    unlimit_memory ();

  ck_assert_msg (!has_result, "attempt %d has a result", (gint) attempt);
  assert_error (error, OMPI_OBJ_ERROR_NO_MEM, poor->is_root ? ": no memory " : others);
  assert_comm_works (comm);
  exchange_clear (&exchange);
}

MPI_TEST (no_memory_in_a_collective)
{
  const gboolean is_alone = harness_n_peers (comm) == 1 && !ompi_obj_comm_is_inter (comm);

  harness_allow_time (4);
  for (gint attempt = 0; attempt <= ALLTOALL_FROM_POOR; attempt++)
    for (Roots poor = { 0 }; roots_next (&poor, comm);)
      {
        /* Alone, a root receives nothing; between two groups it copies nothing. */
        if ((attempt == BCAST_TO_POOR && is_alone) || (attempt == BCAST_FROM_POOR && ompi_obj_comm_is_inter (comm)))
          continue;
        exchange_without_memory (comm, &poor, attempt, TRUE);
        exchange_without_memory (comm, &poor, attempt, FALSE);
      }
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-limits");
#if MPI_VERSION >= 4
  if (harness_world_size () == 2)
    harness_add (more_than_2_gib, HARNESS_ONCE);
#else
  harness_add (more_than_this_mpi_counts, HARNESS_INTRA);
#endif
  harness_add (claimed_sizes, HARNESS_ALL);
  harness_add (claimed_sizes_in_a_broadcast, HARNESS_INTRA);
  harness_add (no_memory_for_a_matched_message, HARNESS_ONCE);
  harness_add (no_memory_in_recv, HARNESS_ONCE);
  harness_add (no_memory_in_irecv, HARNESS_ONCE);
  harness_add (no_memory_in_a_collective, HARNESS_ALL);
  return harness_run ();
}
