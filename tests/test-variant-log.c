/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Logs of values: all ranks append, in every form, and readers that find what is whole and tell of what is not. */

#include "files.h"

#include <ompi_obj/file.h>
#include <ompi_obj/variant-log.h>

#define NAME "log"
#define HEADER_SIZE 32
#define RECORD_HEADER_SIZE 32

static MpiVariantLog *
log_open (const TestDirectory *directory, MpiVariantLogMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = test_directory_build (directory, NAME);
  MpiVariantLog *log = ompi_obj_variant_log_open (directory->comm, path, mode, &error);

  assert_no_error (error);
  return log;
}

static void
log_close (MpiVariantLog *log)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_variant_log_close (log, &error), error);
}

/* The I-th value of a rank: small and large ones, of several types. */
static GVariant *
value_new (gint rank, gint i)
{
  g_autofree gchar *text = g_strnfill (i % 5 == 4 ? 100000 : (gsize) i, 'x');

  return g_variant_new ("(iiv)", rank, i, g_variant_new_string (text));
}

/* Reads all that is whole, each value of each rank once and in the rank's order, and gives how many there were. */
static guint
read_all (MpiVariantLog *log, gint size)
{
  g_autofree gint *next = g_new0 (gint, size);
  g_autoptr (GError) error = NULL;
  GVariant *value;
  guint n = 0;
  gint rank = -1;

  while ((value = ompi_obj_variant_log_read (log, &rank, &error)) != NULL)
    {
      gint writer = -1;
      gint i = -1;

      g_variant_get (value, "(iiv)", &writer, &i, NULL);
      ck_assert_int_eq (writer, rank);
      ck_assert (rank >= 0 && rank < size);
      ck_assert_int_eq (i, next[rank]);
      {
        g_autoptr (GVariant) expected = g_variant_ref_sink (value_new (rank, i));

        assert_variant_equal (value, expected);
      }
      next[rank]++;
      n++;
      g_variant_unref (value);
    }
  assert_no_error (error);
  return n;
}

#define N_VALUES 12

MPI_TEST (append)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiVariantLog) log = NULL;
  g_autoptr (MpiVariantLog) reader = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  test_directory_init (&directory, comm);
  log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_APPEND);
  for (gint i = 0; i < N_VALUES; i++)
    assert_succeeds (ompi_obj_variant_log_append (log, value_new (rank, i), &error), error);
  assert_succeeds (ompi_obj_variant_log_sync (log, &error), error);
  ck_assert_uint_eq (read_all (log, size), (guint) (N_VALUES * size));
  ck_assert_ptr_null (ompi_obj_variant_log_read (log, NULL, &error));
  assert_no_error (error);

  /* And by others. */
  reader = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_READ);
  ck_assert_uint_eq (read_all (reader, size), (guint) (N_VALUES * size));
  ompi_obj_variant_log_rewind (reader);
  ck_assert_uint_eq (read_all (reader, size), (guint) (N_VALUES * size));
  ck_assert (!ompi_obj_variant_log_append (reader, g_variant_new_int32 (1), &error));
  ck_assert_ptr_nonnull (error);
  g_clear_error (&error);
  log_close (reader);
  log_close (log);
}

/* Values in the order of the ranks, of some ranks only, and large ones of one rank. */
MPI_TEST (append_all)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiVariantLog) log = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  test_directory_init (&directory, comm);
  log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_REPLACE);
  for (gint i = 0; i < N_VALUES; i++)
    assert_succeeds (ompi_obj_variant_log_append_all (log, (rank + i) % 3 != 0 ? value_new (rank, i) : NULL, &error),
                     error);
  assert_succeeds (ompi_obj_variant_log_append (log, g_variant_new_string ("alone"), &error), error);
  assert_succeeds (ompi_obj_variant_log_append_all (log, NULL, &error), error);
  assert_succeeds (ompi_obj_variant_log_sync (log, &error), error);
  for (gint i = 0; i < N_VALUES; i++)
    for (gint writer = 0; writer < size; writer++)
      if ((writer + i) % 3 != 0)
        {
          g_autoptr (GVariant) value = ompi_obj_variant_log_read (log, NULL, &error);
          g_autoptr (GVariant) expected = g_variant_ref_sink (value_new (writer, i));

          assert_no_error (error);
          assert_variant_equal (value, expected);
        }
  for (gint i = 0; i < size; i++)
    {
      g_autoptr (GVariant) value = ompi_obj_variant_log_read (log, NULL, &error);

      ck_assert_str_eq (g_variant_get_string (value, NULL), "alone");
    }
  ck_assert_ptr_null (ompi_obj_variant_log_read (log, NULL, &error));
  assert_no_error (error);
  log_close (log);
}

MPI_TEST (append_to_existing)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  test_directory_init (&directory, comm);
  for (gint i = 0; i < 3; i++)
    {
      g_autoptr (MpiVariantLog) log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_APPEND);

      assert_succeeds (ompi_obj_variant_log_append (log, value_new (rank, i), &error), error);
      assert_succeeds (ompi_obj_variant_log_sync (log, &error), error);
      ck_assert_uint_eq (read_all (log, size), (guint) ((i + 1) * size));
      log_close (log);
    }
  {
    g_autoptr (MpiVariantLog) log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_REPLACE);

    ck_assert_uint_eq (read_all (log, size), 0);
    log_close (log);
  }
}

MPI_TEST (buffer)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiVariantLog) log = NULL;
  g_autoptr (MpiVariantLog) reader = NULL;
  MPI_Comm native = ompi_obj_comm_get_native (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);

  test_directory_init (&directory, comm);
  log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_APPEND);
  ck_assert_uint_eq (ompi_obj_variant_log_get_buffer_size (log), 0);
  assert_succeeds (ompi_obj_variant_log_set_buffer_size (log, 1000, &error), error);
  ck_assert_uint_eq (ompi_obj_variant_log_get_buffer_size (log), 1000);
  reader = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_READ);

  /* Three of some 80 bytes are held back, until the flush. */
  for (gint i = 0; i < 3; i++)
    assert_succeeds (ompi_obj_variant_log_append (log, value_new (rank, i), &error), error);
  MPI_Barrier (native);
  ck_assert_uint_eq (read_all (reader, size), 0);
  MPI_Barrier (native);
  assert_succeeds (ompi_obj_variant_log_flush (log, &error), error);
  MPI_Barrier (native);
  ck_assert_uint_eq (read_all (reader, size), (guint) (3 * size));
  MPI_Barrier (native);

  /* Of the others, a large one comes in between and pushes those before it; the order stays. */
  for (gint i = 3; i < 40; i++)
    assert_succeeds (ompi_obj_variant_log_append (log, value_new (rank, i), &error), error);
  assert_succeeds (ompi_obj_variant_log_append_all (log, value_new (rank, 40), &error), error);
  assert_succeeds (ompi_obj_variant_log_append (log, value_new (rank, 41), &error), error);
  assert_succeeds (ompi_obj_variant_log_set_buffer_size (log, 0, &error), error);
  assert_succeeds (ompi_obj_variant_log_set_buffer_size (log, 1000, &error), error);
  assert_succeeds (ompi_obj_variant_log_append (log, value_new (rank, 42), &error), error);
  log_close (log);
  ompi_obj_variant_log_rewind (reader);
  ck_assert_uint_eq (read_all (reader, size), (guint) (43 * size));

  ck_assert (!ompi_obj_variant_log_set_buffer_size (reader, ((gsize) 1 << 30) + 1, &error));
  assert_error (error, OMPI_OBJ_ERROR_ARG, "1 GiB");
  log_close (reader);
}

/* A value that cannot travel, on one rank: nothing is appended by any. */
MPI_TEST (wrong_value)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiVariantLog) log = NULL;
  const gint last = ompi_obj_comm_get_size (comm) - 1;
  const gboolean is_wrong = ompi_obj_comm_get_rank (comm) == last;

  test_directory_init (&directory, comm);
  log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_APPEND);
  ck_assert (!ompi_obj_variant_log_append_all (log, is_wrong ? g_variant_new_handle (1) : g_variant_new_string ("good"),
                                               &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, is_wrong ? "file handle" : "cannot take part");
  ck_assert (!ompi_obj_variant_log_append (log, g_variant_new_handle (1), &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "file handle");
  ck_assert_ptr_null (ompi_obj_variant_log_read (log, NULL, &error));
  assert_no_error (error);
  log_close (log);
}

/*
 * Damage: one rank takes the file apart
 */

/* Three records of one rank: where each begins, and the end. */
static GByteArray *
make_log (const TestDirectory *directory, gsize *places)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiVariantLog) log = log_open (directory, OMPI_OBJ_VARIANT_LOG_MODE_REPLACE);
  g_autoptr (GBytes) bytes = NULL;
  GByteArray *copy = g_byte_array_new ();

  places[0] = HEADER_SIZE;
  for (gint i = 0; i < 3; i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (value_new (0, i));
      g_autoptr (GBytes) message = ompi_obj_variant_encode (value, &error);

      places[i + 1] = places[i] + RECORD_HEADER_SIZE + ((g_bytes_get_size (message) + 7) & ~(gsize) 7);
      assert_succeeds (ompi_obj_variant_log_append (log, value, &error), error);
    }
  log_close (log);
  bytes = test_directory_read (directory, NAME);
  ck_assert_uint_eq (g_bytes_get_size (bytes), places[3]);
  g_byte_array_append (copy, g_bytes_get_data (bytes, NULL), (guint) places[3]);
  return copy;
}

/* Reads on: the values that are expected, as bits, and so many reports of damage. */
static void
assert_reads (MpiVariantLog *log, guint expected, guint n_reports)
{
  g_autoptr (GError) error = NULL;
  GVariant *value;
  guint found = 0;
  guint n = 0;

  while ((value = ompi_obj_variant_log_read (log, NULL, &error)) != NULL || error != NULL)
    {
      if (value != NULL)
        {
          gint i = -1;

          g_variant_get (value, "(iiv)", NULL, &i, NULL);
          ck_assert ((found & 1u << i) == 0);
          found |= 1u << i;
          g_variant_unref (value);
        }
      else
        {
          n++;
          assert_error (error, OMPI_OBJ_ERROR_MALFORMED, NULL);
        }
    }
  ck_assert_uint_eq (found, expected);
  ck_assert_uint_eq (n, n_reports);
}

static void
assert_reads_file (const TestDirectory *directory,
                   const GByteArray *bytes,
                   gsize n_bytes,
                   guint expected,
                   guint n_reports)
{
  g_autoptr (MpiVariantLog) log = NULL;

  test_directory_write (directory, NAME, bytes->data, n_bytes);
  log = log_open (directory, OMPI_OBJ_VARIANT_LOG_MODE_READ);
  assert_reads (log, expected, n_reports);
  /* Each is told once. */
  assert_reads (log, 0, 0);
  log_close (log);
}

/* Each byte of the log changed, each on its own. The first record is a value whatever is behind it. */
MPI_TEST (flipped_bytes)
{
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (GByteArray) bytes = NULL;
  gsize places[4];

  test_directory_init (&directory, ompi_obj_comm_self ());
  bytes = make_log (&directory, places);
  for (gsize i = HEADER_SIZE; i < places[3]; i++)
    {
      const gint record = i < places[1] ? 0 : i < places[2] ? 1 : 2;

      bytes->data[i] ^= 0x10;
      assert_reads_file (&directory, bytes, places[3], 7u & ~(1u << record), 1);
      bytes->data[i] ^= 0x10;
    }
}

/* The log cut at each byte: a writer that died. */
MPI_TEST (torn_tail)
{
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (GByteArray) bytes = NULL;
  gsize places[4];

  test_directory_init (&directory, ompi_obj_comm_self ());
  bytes = make_log (&directory, places);
  for (gsize size = HEADER_SIZE; size <= places[3]; size++)
    {
      const guint n = size >= places[3] ? 3 : size >= places[2] ? 2 : size >= places[1] ? 1 : 0;

      assert_reads_file (&directory, bytes, size, (1u << n) - 1, size == places[n] ? 0 : 1);
    }
}

/* What another program appends behind a torn record is found, and the torn one is told of once. */
MPI_TEST (append_behind_torn)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (MpiVariantLog) log = NULL;
  gsize places[4];

  test_directory_init (&directory, ompi_obj_comm_self ());
  bytes = make_log (&directory, places);
  test_directory_write (&directory, NAME, bytes->data, places[2] - 16);
  log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_APPEND);
  assert_reads (log, 1, 1);
  assert_succeeds (ompi_obj_variant_log_append (log, value_new (0, 7), &error), error);
  assert_reads (log, 1u << 7, 0);
  ompi_obj_variant_log_rewind (log);
  assert_reads (log, 1u | 1u << 7, 1);
  log_close (log);
}

static void
write_part (const TestDirectory *directory, const GByteArray *bytes, gsize start, gsize end)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = test_directory_build (directory, NAME);
  g_autoptr (MpiFile) file = ompi_obj_file_open (directory->comm, path, OMPI_OBJ_FILE_MODE_RDWR, NULL, &error);

  assert_no_error (error);
  assert_succeeds (ompi_obj_file_write_at (file, (gint64) start,
                                           OMPI_OBJ_BUFFER (bytes->data + start, (gint64) (end - start), OMPI_OBJ_BYTE),
                                           NULL, &error),
                   error);
  assert_succeeds (ompi_obj_file_close (file, &error), error);
}

/* A reader that goes along with the writers: a record that comes into a gap later is given later. */
MPI_TEST (late_records)
{
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GByteArray) holes = NULL;
  g_autoptr (MpiVariantLog) log = NULL;
  gsize places[4];

  test_directory_init (&directory, ompi_obj_comm_self ());
  bytes = make_log (&directory, places);
  holes = g_byte_array_new ();
  g_byte_array_append (holes, bytes->data, bytes->len);
  memset (holes->data + places[0], 0, places[2] - places[0]);
  test_directory_write (&directory, NAME, holes->data, holes->len);

  log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_READ);
  assert_reads (log, 4, 1);
  write_part (&directory, bytes, places[1], places[1] + 40);
  assert_reads (log, 0, 0);
  write_part (&directory, bytes, places[1], places[2]);
  assert_reads (log, 2, 0);
  write_part (&directory, bytes, places[0], places[1]);
  assert_reads (log, 1, 0);
  log_close (log);
}

/* Records that are whole and hold no value; and copies of records of this and of another log inside of a value. */
MPI_TEST (nested_records)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GByteArray) other = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (MpiVariantLog) log = NULL;
  gsize places[4];
  gsize size = 0;
  g_autofree guint8 *copy = NULL;

  test_directory_init (&directory, ompi_obj_comm_self ());
  other = make_log (&directory, places);
  bytes = make_log (&directory, places);
  log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_REPLACE);
  assert_succeeds (ompi_obj_variant_log_append (
                       log, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, other->data, other->len, 1), &error),
                   error);
  assert_succeeds (ompi_obj_variant_log_append (log, value_new (0, 5), &error), error);
  log_close (log);

  /* The first record loses its head; what is in it belongs to another log. */
  whole = test_directory_read (&directory, NAME);
  copy = g_memdup2 (g_bytes_get_data (whole, &size), g_bytes_get_size (whole));
  copy[HEADER_SIZE + 9] ^= 1;
  test_directory_write (&directory, NAME, copy, size);
  g_clear_object (&log);
  log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_READ);
  assert_reads (log, 1u << 5, 1);
  log_close (log);
}

MPI_TEST (no_log)
{
  static const gchar text[] = "This is a file of text, and longer than the header of a log.\n";
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree gchar *path = NULL;
  g_autofree gchar *missing = NULL;
  gsize places[4];
  const gboolean is_first = ompi_obj_comm_get_rank (comm) == 0;

  test_directory_init (&directory, comm);
  path = test_directory_build (&directory, NAME);
  missing = test_directory_build (&directory, "missing");
  if (is_first)
    test_directory_write (&directory, NAME, text, sizeof text);
  for (gint mode = OMPI_OBJ_VARIANT_LOG_MODE_READ; mode <= OMPI_OBJ_VARIANT_LOG_MODE_APPEND; mode++)
    {
      MPI_Barrier (ompi_obj_comm_get_native (comm));
      ck_assert_ptr_null (ompi_obj_variant_log_open (comm, path, (MpiVariantLogMode) mode, &error));
      assert_error (error, OMPI_OBJ_ERROR_MALFORMED, is_first ? "no log of values" : "rank 0 cannot take part");
      ck_assert_ptr_null (ompi_obj_variant_log_open (comm, missing, OMPI_OBJ_VARIANT_LOG_MODE_READ, &error));
      assert_error (error, OMPI_OBJ_ERROR_NO_SUCH_FILE, NULL);
    }

  /* An empty file is a log for who appends. */
  MPI_Barrier (ompi_obj_comm_get_native (comm));
  if (is_first)
    test_directory_write (&directory, NAME, "", 0);
  MPI_Barrier (ompi_obj_comm_get_native (comm));
  ck_assert_ptr_null (ompi_obj_variant_log_open (comm, path, OMPI_OBJ_VARIANT_LOG_MODE_READ, &error));
  assert_error (error, OMPI_OBJ_ERROR_MALFORMED, NULL);
  {
    g_autoptr (MpiVariantLog) log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_APPEND);

    log_close (log);
  }

  if (is_first)
    {
      g_auto (TestDirectory) own = { 0 };
      g_autofree gchar *own_path = NULL;

      test_directory_init (&own, ompi_obj_comm_self ());
      own_path = test_directory_build (&own, NAME);
      bytes = make_log (&own, places);
      bytes->data[9] ^= 1;
      test_directory_write (&own, NAME, bytes->data, bytes->len);
      ck_assert_ptr_null (ompi_obj_variant_log_open (own.comm, own_path, OMPI_OBJ_VARIANT_LOG_MODE_READ, &error));
      assert_error (error, OMPI_OBJ_ERROR_MALFORMED, "damaged");
      bytes->data[3] = 2;
      test_directory_write (&own, NAME, bytes->data, bytes->len);
      ck_assert_ptr_null (ompi_obj_variant_log_open (own.comm, own_path, OMPI_OBJ_VARIANT_LOG_MODE_APPEND, &error));
      assert_error (error, OMPI_OBJ_ERROR_UNSUPPORTED, "version 2");
    }
}

MPI_TEST (closed)
{
  g_autoptr (GError) error = NULL;
  g_auto (TestDirectory) directory = { 0 };
  g_autoptr (MpiVariantLog) log = NULL;

  test_directory_init (&directory, comm);
  log = log_open (&directory, OMPI_OBJ_VARIANT_LOG_MODE_APPEND);
  log_close (log);
  ck_assert (!ompi_obj_variant_log_close (log, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
  ck_assert (!ompi_obj_variant_log_append (log, g_variant_new_int32 (1), &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
  ck_assert (!ompi_obj_variant_log_append_all (log, g_variant_new_int32 (1), &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
  ck_assert (!ompi_obj_variant_log_flush (log, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
  ck_assert (!ompi_obj_variant_log_sync (log, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
  ck_assert (!ompi_obj_variant_log_set_buffer_size (log, 10, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
  ck_assert_ptr_null (ompi_obj_variant_log_read (log, NULL, &error));
  assert_error (error, OMPI_OBJ_ERROR_FILE, NULL);
}

MPI_TEST (misuse)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int32 (1));

  harness_expect_critical ("*IS_VARIANT_LOG*");
  ck_assert (!ompi_obj_variant_log_append (NULL, value, NULL));
  harness_expect_critical ("*path != NULL*");
  ck_assert_ptr_null (ompi_obj_variant_log_open (comm, NULL, OMPI_OBJ_VARIANT_LOG_MODE_READ, NULL));
  harness_expect_critical ("*mode*");
  ck_assert_ptr_null (ompi_obj_variant_log_open (comm, "/tmp/x", (MpiVariantLogMode) 9, NULL));
  harness_assert_criticals ();
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "variant-log");
  harness_add (append, HARNESS_INTRA);
  harness_add (append_all, HARNESS_INTRA);
  harness_add (append_to_existing, HARNESS_ONCE);
  harness_add (buffer, HARNESS_ONCE);
  harness_add (wrong_value, HARNESS_ONCE);
  harness_add (flipped_bytes, HARNESS_ONCE);
  harness_add (torn_tail, HARNESS_ONCE);
  harness_add (append_behind_torn, HARNESS_ONCE);
  harness_add (late_records, HARNESS_ONCE);
  harness_add (nested_records, HARNESS_ONCE);
  harness_add (no_log, HARNESS_ONCE);
  harness_add (closed, HARNESS_ONCE);
  harness_add (misuse, HARNESS_ONCE);
  return harness_run ();
}
