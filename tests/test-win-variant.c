/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Values in slots of a window: what is written is read whole, whoever else writes and reads; what does not fit, is
 * not there or is no value gives an error.
 */
#include "harness.h"

#include <ompi_obj/ompi_obj.h>

#define N_SLOTS 3
#define SLOT_SIZE 64

/* The layout, as docs/wire-format.md tells it. */
#define VERSION(count) ((G_GUINT64_CONSTANT (0x4d4756) << 40) + (count))
#define MESSAGE 8

static const gint64 disp_units[] = { 1, 2, 4, 8 };

/* A window of N_BYTES zeros on each rank. */
static MpiWin *
slots_new (MpiComm *comm, gint64 n_bytes, gint64 disp_unit)
{
  g_autoptr (GError) error = NULL;
  MpiWin *win = ompi_obj_win_allocate (n_bytes, disp_unit, NULL, comm, &error);

  assert_no_error (error);
  return win;
}

static void
slots_free (MpiWin *win)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_win_free (win, &error), error);
  g_object_unref (win);
}

static void
barrier (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;

  assert_succeeds (ompi_obj_comm_barrier (comm, &error), error);
}

static void
assert_slot_holds (MpiWin *win, gint rank, gint64 displacement, gint64 n_bytes, const gchar *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = ompi_obj_win_get_variant (win, rank, displacement, n_bytes, &error);

  assert_no_error (error);
  if (text == NULL)
    ck_assert_ptr_null (value);
  else
    {
      g_autoptr (GVariant) expected = g_variant_ref_sink (g_variant_new_parsed (text));

      ck_assert_ptr_nonnull (value);
      assert_variant_equal (value, expected);
    }
}

/* Each rank writes to a slot of its own on all ranks. */
static void
check_slots (MpiComm *comm, MpiWin *win, gint64 disp_unit)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);

  for (gint i = 0; i < size; i++)
    assert_slot_holds (win, i, rank * SLOT_SIZE / disp_unit, SLOT_SIZE, NULL);
  barrier (comm);
  for (gint i = 0; i < size; i++)
    assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new ("(is)", rank, "a text"), i,
                                               rank * SLOT_SIZE / disp_unit, SLOT_SIZE, &error),
                     error);
  barrier (comm);
  for (gint i = 0; i < size; i++)
    for (gint k = 0; k < size; k++)
      {
        g_autofree gchar *text = g_strdup_printf ("(%d, 'a text')", k);

        assert_slot_holds (win, i, k * SLOT_SIZE / disp_unit, SLOT_SIZE, text);
      }
  barrier (comm);
  /* Another type and size in the same place */
  for (gint i = 0; i < size; i++)
    assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_boolean (TRUE), i, rank * SLOT_SIZE / disp_unit,
                                               SLOT_SIZE, &error),
                     error);
  barrier (comm);
  for (gint i = 0; i < size; i++)
    assert_slot_holds (win, rank, i * SLOT_SIZE / disp_unit, SLOT_SIZE, "true");
}

MPI_TEST (round_trip)
{
  for (gsize i = 0; i < G_N_ELEMENTS (disp_units); i++)
    {
      MpiWin *win = slots_new (comm, ompi_obj_comm_get_size (comm) * SLOT_SIZE, disp_units[i]);

      check_slots (comm, win, disp_units[i]);
      slots_free (win);
    }
}

/* Displacement unit and size differ from rank to rank. */
MPI_TEST (uneven_ranks)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  const gint rank = ompi_obj_comm_get_rank (comm);
  MpiWin *win = slots_new (comm, (rank + 1) * SLOT_SIZE, disp_units[rank % 4]);

  for (gint i = 0; i < size; i++)
    assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_int32 (i), i, i * SLOT_SIZE / disp_units[i % 4],
                                               SLOT_SIZE, &error),
                     error);
  for (gint i = 0; i < size; i++)
    {
      g_autofree gchar *text = g_strdup_printf ("%d", i);

      assert_slot_holds (win, i, i * SLOT_SIZE / disp_units[i % 4], SLOT_SIZE, text);
      ck_assert (!ompi_obj_win_put_variant (win, g_variant_new_int32 (i), i, (i + 1) * SLOT_SIZE / disp_units[i % 4],
                                            SLOT_SIZE, &error));
      assert_error (error, OMPI_OBJ_ERROR_RMA_RANGE, "ompi_obj_win_put_variant: a slot of 64 bytes at displacement ");
    }
  barrier (comm);
  slots_free (win);
}

/* Over memory of the program, in shared memory, and in a window to which memory is attached. */
MPI_TEST (window_kinds)
{
  g_autoptr (GError) error = NULL;
  const gint size = ompi_obj_comm_get_size (comm);
  const gint64 n_bytes = size * SLOT_SIZE;
  g_autofree guint64 *memory = g_new0 (guint64, n_bytes / 8);
  g_autofree gint64 *addresses = g_new (gint64, size);
  const gint64 mine = (gint64) (guintptr) memory;
  MpiWin *win = ompi_obj_win_create (OMPI_OBJ_DATA (memory, n_bytes / 8), 8, NULL, comm, &error);

  assert_no_error (error);
  check_slots (comm, win, 8);
  barrier (comm);
  slots_free (win);

  win = ompi_obj_win_allocate_shared (n_bytes, 1, NULL, comm, &error);
  assert_no_error (error);
  check_slots (comm, win, 1);
  barrier (comm);
  slots_free (win);

  memset (memory, 0, (gsize) n_bytes);
  win = ompi_obj_win_create_dynamic (NULL, comm, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_win_attach (win, OMPI_OBJ_DATA (memory, n_bytes / 8), &error), error);
  assert_succeeds (ompi_obj_comm_allgather (comm, OMPI_OBJ_DATA (&mine, 1), OMPI_OBJ_DATA (addresses, size), &error),
                   error);
  for (gint i = 0; i < size; i++)
    {
      const gint64 place = addresses[i] + ompi_obj_comm_get_rank (comm) * SLOT_SIZE;

      assert_slot_holds (win, i, place, SLOT_SIZE, NULL);
      assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_int32 (5), i, place, SLOT_SIZE, &error), error);
      assert_slot_holds (win, i, place, SLOT_SIZE, "5");
    }
  barrier (comm);
  assert_succeeds (ompi_obj_win_detach (win, OMPI_OBJ_DATA (memory, n_bytes / 8), &error), error);
  slots_free (win);
}

/* Values that are read in one piece, in two, and that are written without being put together first. */
MPI_TEST (sizes)
{
  static const gsize sizes[] = { 0, 1, 7, 900, 1000, 1024, 1100, 8100, 8200, 100000 };
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint next = (rank + 1) % ompi_obj_comm_get_size (comm);
  const gint64 room = 110000;
  MpiWin *win = slots_new (comm, room, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *bytes = g_malloc (sizes[i] + 1);
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GVariant) read = NULL;
      gint64 n_bytes;

      for (gsize k = 0; k < sizes[i]; k++)
        bytes[k] = (guint8) (k * 7 + i);
      value = g_variant_ref_sink (g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, sizes[i], 1));
      n_bytes = ompi_obj_win_get_variant_slot_size (value, &error);
      assert_no_error (error);
      ck_assert_int_eq (n_bytes % 16, 0);
      ck_assert_int_ge (n_bytes, (gint64) sizes[i] + MESSAGE + 24);
      ck_assert_int_le (n_bytes, (gint64) sizes[i] + MESSAGE + 24 + 16);

      assert_succeeds (ompi_obj_win_put_variant (win, value, next, 0, n_bytes, &error), error);
      read = ompi_obj_win_get_variant (win, next, 0, n_bytes, &error);
      assert_no_error (error);
      assert_variant_equal (read, value);
      /* In a slot that is larger than it needs to be */
      assert_succeeds (ompi_obj_win_put_variant (win, value, next, 0, room, &error), error);
      g_clear_pointer (&read, g_variant_unref);
      read = ompi_obj_win_get_variant (win, next, 0, room, &error);
      assert_no_error (error);
      assert_variant_equal (read, value);
    }
  barrier (comm);
  slots_free (win);
}

/* The caller's own locks are used; an epoch of another kind is in the way. */
MPI_TEST (epochs)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  MpiWin *win = slots_new (comm, SLOT_SIZE, 8);
  static const MpiLockType types[] = { OMPI_OBJ_LOCK_TYPE_SHARED, OMPI_OBJ_LOCK_TYPE_EXCLUSIVE };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      assert_succeeds (ompi_obj_win_lock (win, types[i], rank, OMPI_OBJ_RMA_ASSERT_NONE, &error), error);
      assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_string ("locked"), rank, 0, SLOT_SIZE, &error),
                       error);
      assert_slot_holds (win, rank, 0, SLOT_SIZE, "'locked'");
      /* The memory of another rank is not locked by that. */
      if (size > 1 && types[i] == OMPI_OBJ_LOCK_TYPE_SHARED)
        {
          g_autoptr (GVariant) value = ompi_obj_win_get_variant (win, (rank + 1) % size, 0, SLOT_SIZE, &error);

          assert_no_error (error);
          ck_assert (value == NULL || g_variant_is_of_type (value, G_VARIANT_TYPE_STRING));
        }
      assert_succeeds (ompi_obj_win_unlock (win, rank, &error), error);
      barrier (comm);
    }

  assert_succeeds (ompi_obj_win_lock_all (win, OMPI_OBJ_RMA_ASSERT_NONE, &error), error);
  assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_string ("all"), (rank + 1) % size, 0, SLOT_SIZE,
                                             &error),
                   error);
  assert_slot_holds (win, (rank + 1) % size, 0, SLOT_SIZE, "'all'");
  assert_succeeds (ompi_obj_win_unlock_all (win, &error), error);
  barrier (comm);

  assert_succeeds (ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NONE, &error), error);
  assert_succeeds (ompi_obj_win_put (win, OMPI_OBJ_DATA ("12345678", 8), OMPI_OBJ_TARGET (rank, 1), &error), error);
  ck_assert (!ompi_obj_win_put_variant (win, g_variant_new_int32 (1), rank, 0, SLOT_SIZE, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, NULL);
  ck_assert_ptr_null (ompi_obj_win_get_variant (win, rank, 0, SLOT_SIZE, &error));
  assert_error (error, OMPI_OBJ_ERROR_RMA_SYNC, NULL);
  assert_succeeds (ompi_obj_win_fence (win, OMPI_OBJ_RMA_ASSERT_NOSUCCEED, &error), error);
  slots_free (win);
}

/* All elements of a value that one rank wrote are the same, so one that is torn shows. */
static GVariant *
racing_new (gint rank, guint round, gsize n_elements)
{
  g_autofree guint64 *elements = g_new (guint64, n_elements);

  for (gsize i = 0; i < n_elements; i++)
    elements[i] = (guint64) rank << 32 | round;
  return g_variant_new_fixed_array (G_VARIANT_TYPE_UINT64, elements, n_elements, sizeof (guint64));
}

static void
assert_racing (GVariant *value, gint size, guint n_rounds, guint *last_rounds)
{
  gsize n_elements;
  const guint64 *elements = g_variant_get_fixed_array (value, &n_elements, sizeof (guint64));
  gint rank;
  guint round;

  ck_assert (g_variant_is_of_type (value, G_VARIANT_TYPE ("at")));
  ck_assert_uint_gt (n_elements, 0);
  rank = (gint) (elements[0] >> 32);
  round = (guint) elements[0];
  ck_assert_int_lt (rank, size);
  ck_assert_uint_lt (round, n_rounds);
  for (gsize i = 1; i < n_elements; i++)
    ck_assert_msg (elements[i] == elements[0], "element %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " is torn", i,
                   n_elements);
  /* What one rank wrote later is not followed by what it wrote before. */
  ck_assert_uint_ge (round, last_rounds[rank]);
  last_rounds[rank] = round;
}

static void
race (MpiComm *comm, MpiWin *win, gint target, gsize n_elements, gint64 n_bytes, guint n_rounds, gboolean lock_all)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  g_autofree guint *last_rounds = g_new0 (guint, size);

  if (lock_all)
    assert_succeeds (ompi_obj_win_lock_all (win, OMPI_OBJ_RMA_ASSERT_NONE, &error), error);
  for (guint round = 0; round < n_rounds; round++)
    {
      g_autoptr (GVariant) value = NULL;

      /* Half of the ranks read twice as often as they write, the others the other way round. */
      if (rank % 2 == 0 || round % 2 == 0)
        assert_succeeds (ompi_obj_win_put_variant (win, racing_new (rank, round, n_elements - round % 3), target, 0,
                                                   n_bytes, &error),
                         error);
      value = ompi_obj_win_get_variant (win, target, 0, n_bytes, &error);
      assert_no_error (error);
      ck_assert_ptr_nonnull (value);
      assert_racing (value, size, n_rounds, last_rounds);
    }
  if (lock_all)
    assert_succeeds (ompi_obj_win_unlock_all (win, &error), error);
  barrier (comm);
}

MPI_TEST (writers_and_readers_race)
{
  static const gsize sizes[] = { 4, 100, 5000 };
  static const guint n_rounds[] = { 30, 30, 8 };
  const gint size = ompi_obj_comm_get_size (comm);
  const gint64 n_bytes = 50000;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      MpiWin *win = slots_new (comm, n_bytes, 1);

      race (comm, win, 0, sizes[i], n_bytes, n_rounds[i], FALSE);
      if (size > 1)
        race (comm, win, size - 1, sizes[i], n_bytes, n_rounds[i], TRUE);
      slots_free (win);
    }
}

/* A reader comes to an end although another rank never stops to write. */
MPI_TEST (reader_does_not_starve)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  const gint64 n_bytes = 40000;
  MpiWin *win = slots_new (comm, n_bytes, 1);
  g_autoptr (MpiCounter) done = ompi_obj_counter_new (0, 1, 0, NULL, comm, &error);
  gint64 n_done = 0;
  guint n_written = 0;

  assert_no_error (error);
  if (rank == 0)
    {
      do
        {
          assert_succeeds (ompi_obj_win_put_variant (win, racing_new (0, n_written++, 4000), size - 1, 0, n_bytes,
                                                     &error),
                           error);
          assert_succeeds (ompi_obj_counter_add (done, 0, &n_done, &error), error);
        }
      while (n_done < size - 1);
    }
  else
    {
      guint n_read = 0;

      while (n_read < 5)
        {
          g_autoptr (GVariant) value = ompi_obj_win_get_variant (win, size - 1, 0, n_bytes, &error);
          guint last = 0;

          assert_no_error (error);
          if (value != NULL)
            {
              assert_racing (value, 1, G_MAXUINT, &last);
              n_read++;
            }
        }
      assert_succeeds (ompi_obj_counter_next (done, &n_done, &error), error);
    }
  barrier (comm);
  assert_succeeds (ompi_obj_counter_free (done, &error), error);
  slots_free (win);
}

MPI_TEST (too_large)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  g_autofree gchar *text = g_strnfill (SLOT_SIZE, 'x');
  MpiWin *win = slots_new (comm, SLOT_SIZE, 8);

  assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_int32 (1), rank, 0, SLOT_SIZE, &error), error);
  ck_assert (!ompi_obj_win_put_variant (win, g_variant_new_string (text), rank, 0, SLOT_SIZE, &error));
  assert_error (error, OMPI_OBJ_ERROR_VALUE_TOO_LARGE,
                "ompi_obj_win_put_variant: the value needs a slot of 97 bytes, but this one has 64");
  assert_slot_holds (win, rank, 0, SLOT_SIZE, "1");
  /* To the last byte: 32 of the head, 31 letters and the terminator */
  text[31] = '\0';
  assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_string (text), rank, 0, SLOT_SIZE, &error), error);
  assert_slot_holds (win, rank, 0, SLOT_SIZE, "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'");
  barrier (comm);
  slots_free (win);
}

/* Memory that is no slot, or holds no value */
static void
fill_slot (MpiWin *win, guint64 version, const guint8 *message, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_win_get_rank (win);
  g_autoptr (MpiWinLock) lock =
      ompi_obj_win_lock_new (win, OMPI_OBJ_LOCK_TYPE_EXCLUSIVE, rank, OMPI_OBJ_RMA_ASSERT_NONE, &error);

  assert_no_error (error);
  ck_assert_ptr_nonnull (lock);
  assert_succeeds (ompi_obj_win_put (win, OMPI_OBJ_DATA (&version, 1), OMPI_OBJ_TARGET (rank, 0), &error), error);
  assert_succeeds (ompi_obj_win_put (win, OMPI_OBJ_DATA (message, (gint64) n_bytes), OMPI_OBJ_TARGET (rank, MESSAGE),
                                     &error),
                   error);
}

MPI_TEST (malformed)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  MpiWin *win = slots_new (comm, SLOT_SIZE, 1);
  guint8 bytes[SLOT_SIZE - MESSAGE];
  static const struct
  {
    gsize place;
    guint8 byte;
    const gchar *text;
  } damages[] = {
    { 0, 'X', "the message is no value: it starts with the bytes 58 47 56" },
    { 3, 9, "the value is in version 9" },
    { 4, 0x80, "unknown flags" },
    { 5, 1, "reserved byte" },
    { 6, 0, "empty type string" },
    { 8, 200, "the value claims 224 bytes, but the slot has room for 56" },
    { 15, 0xff, "the value claims a payload of" },
    { 16, 'h', "file handle" },
    { 16, '(', "which is not the type of a value" },
    { 20, 1, "padding" },
    { 8, 3, "is no value of type 'i'" },
  };

#define ASSERT_MALFORMED(text)                                                         \
  do                                                                                   \
    {                                                                                  \
      ck_assert_ptr_null (ompi_obj_win_get_variant (win, rank, 0, SLOT_SIZE, &error)); \
      assert_error (error, OMPI_OBJ_ERROR_MALFORMED, text);                            \
    }                                                                                  \
  while (0)

  /* Something else than a slot: not even a writer touches it. */
  memset (bytes, 0xa5, sizeof bytes);
  fill_slot (win, G_GUINT64_CONSTANT (0xa5a5a5a5a5a5a5a5), bytes, sizeof bytes);
  ASSERT_MALFORMED ("ompi_obj_win_get_variant: the memory is no slot for a value: it starts with 0xa5a5a5a5a5a5a5a5");
  ck_assert (!ompi_obj_win_put_variant (win, g_variant_new_int32 (1), rank, 0, SLOT_SIZE, &error));
  assert_error (error, OMPI_OBJ_ERROR_MALFORMED, "ompi_obj_win_put_variant: the memory is no slot for a value");
  fill_slot (win, 1, bytes, sizeof bytes);
  ASSERT_MALFORMED ("it starts with 0x0000000000000001; one that nobody has written yet must be zero");

  /* A slot with something else than a message */
  fill_slot (win, VERSION (2), bytes, sizeof bytes);
  ASSERT_MALFORMED ("ompi_obj_win_get_variant: the message is no value: it starts with the bytes a5 a5 a5");
  memset (bytes, 0, sizeof bytes);
  fill_slot (win, VERSION (2), bytes, sizeof bytes);
  ASSERT_MALFORMED ("the message is no value");

  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GBytes) message = ompi_obj_variant_encode (g_variant_new_int32 (5), &error);

      assert_no_error (error);
      memset (bytes, 0, sizeof bytes);
      memcpy (bytes, g_bytes_get_data (message, NULL), g_bytes_get_size (message));
      fill_slot (win, VERSION (2 * i), bytes, sizeof bytes);
      assert_slot_holds (win, rank, 0, SLOT_SIZE, "5");
      bytes[damages[i].place] = damages[i].byte;
      fill_slot (win, VERSION (2 * i), bytes, sizeof bytes);
      ASSERT_MALFORMED (damages[i].text);
    }

  /* It is a slot, so it can be written again; the version counts on, at the end from the beginning. */
  fill_slot (win, VERSION ((G_GUINT64_CONSTANT (1) << 40) - 2), bytes, sizeof bytes);
  assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_int32 (6), rank, 0, SLOT_SIZE, &error), error);
  assert_slot_holds (win, rank, 0, SLOT_SIZE, "6");
  assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_int32 (7), rank, 0, SLOT_SIZE, &error), error);
  assert_slot_holds (win, rank, 0, SLOT_SIZE, "7");
  barrier (comm);
  slots_free (win);
}

/* Where the slot is, as it is written down in docs/wire-format.md */
MPI_TEST (layout)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  MpiWin *win = slots_new (comm, 2 * SLOT_SIZE, 1);
  g_autoptr (GBytes) message = ompi_obj_variant_encode (g_variant_new_int32 (5), &error);
  guint8 bytes[2 * SLOT_SIZE];
  guint64 version;

  assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_int32 (5), rank, SLOT_SIZE, SLOT_SIZE, &error),
                     error);
  {
    g_autoptr (MpiWinLock) lock =
        ompi_obj_win_lock_new (win, OMPI_OBJ_LOCK_TYPE_SHARED, rank, OMPI_OBJ_RMA_ASSERT_NONE, &error);

    assert_no_error (error);
    ck_assert_ptr_nonnull (lock);
    assert_succeeds (ompi_obj_win_get (win, OMPI_OBJ_DATA (bytes, sizeof bytes), OMPI_OBJ_TARGET (rank, 0), &error),
                     error);
  }
  memcpy (&version, bytes + SLOT_SIZE, sizeof version);
  ck_assert_uint_eq (version, VERSION (6));
  ck_assert_mem_eq (bytes + SLOT_SIZE + MESSAGE, g_bytes_get_data (message, NULL), g_bytes_get_size (message));
  for (gsize i = 0; i < sizeof bytes; i++)
    if (i < SLOT_SIZE || i >= SLOT_SIZE + MESSAGE + g_bytes_get_size (message))
      ck_assert_int_eq (bytes[i], 0);
  barrier (comm);
  slots_free (win);
}

MPI_TEST (bad_arguments)
{
  g_autoptr (GError) error = NULL;
  const gint rank = ompi_obj_comm_get_rank (comm);
  const gint size = ompi_obj_comm_get_size (comm);
  MpiWin *win = slots_new (comm, SLOT_SIZE, 1);
  static const gint64 bad_units[] = { 3, 16 };

#define ASSERT_BOTH_FAIL(rank, displacement, n_bytes, code, text)                                                \
  do                                                                                                             \
    {                                                                                                            \
      ck_assert (!ompi_obj_win_put_variant (win, g_variant_new_int32 (1), rank, displacement, n_bytes, &error)); \
      assert_error (error, code, "ompi_obj_win_put_variant: " text);                                             \
      ck_assert_ptr_null (ompi_obj_win_get_variant (win, rank, displacement, n_bytes, &error));                  \
      assert_error (error, code, "ompi_obj_win_get_variant: " text);                                             \
    }                                                                                                            \
  while (0)

  ASSERT_BOTH_FAIL (size, 0, SLOT_SIZE, OMPI_OBJ_ERROR_RANK, "rank is ");
  ASSERT_BOTH_FAIL (-1, 0, SLOT_SIZE, OMPI_OBJ_ERROR_RANK, "rank is -1, but the window has ranks 0 to ");
  ASSERT_BOTH_FAIL (rank, -8, SLOT_SIZE, OMPI_OBJ_ERROR_RMA_RANGE, "a slot of 64 bytes at displacement -8");
  ASSERT_BOTH_FAIL (rank, 8, SLOT_SIZE, OMPI_OBJ_ERROR_RMA_RANGE,
                    "a slot of 64 bytes at displacement 8 is not within the 64 bytes of rank ");
  ASSERT_BOTH_FAIL (rank, G_MAXINT64, SLOT_SIZE, OMPI_OBJ_ERROR_RMA_RANGE, "a slot of 64 bytes");
  ASSERT_BOTH_FAIL (rank, 0, G_MAXINT64, OMPI_OBJ_ERROR_RMA_RANGE, "a slot of ");
  ASSERT_BOTH_FAIL (rank, 0, 16, OMPI_OBJ_ERROR_SIZE, "n_bytes is 16, which is too small for a slot of any value");
  ASSERT_BOTH_FAIL (rank, 0, 0, OMPI_OBJ_ERROR_SIZE, "n_bytes is 0");
  ASSERT_BOTH_FAIL (rank, 0, -1, OMPI_OBJ_ERROR_SIZE, "n_bytes is -1");
  ASSERT_BOTH_FAIL (rank, 4, 48, OMPI_OBJ_ERROR_DISP, "displacement is 4, but a slot begins at a multiple of 8 bytes");

  /* What cannot travel */
  ck_assert (!ompi_obj_win_put_variant (win, g_variant_new_handle (1), rank, 0, SLOT_SIZE, &error));
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "ompi_obj_win_put_variant: ");
  ck_assert_int_eq (ompi_obj_win_get_variant_slot_size (g_variant_new_handle (1), &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_TYPE, "ompi_obj_win_get_variant_slot_size: ");
  assert_slot_holds (win, rank, 0, SLOT_SIZE, NULL);

  /* Nobody */
  assert_succeeds (ompi_obj_win_put_variant (win, g_variant_new_int32 (1), OMPI_OBJ_PROC_NULL, 0, SLOT_SIZE, &error),
                   error);
  assert_slot_holds (win, OMPI_OBJ_PROC_NULL, 0, SLOT_SIZE, NULL);

  barrier (comm);
  assert_succeeds (ompi_obj_win_free (win, &error), error);
  ck_assert (!ompi_obj_win_put_variant (win, g_variant_new_int32 (1), rank, 0, SLOT_SIZE, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "freed");
  ck_assert_ptr_null (ompi_obj_win_get_variant (win, rank, 0, SLOT_SIZE, &error));
  assert_error (error, OMPI_OBJ_ERROR_WIN, "freed");
  g_object_unref (win);

  for (gsize i = 0; i < G_N_ELEMENTS (bad_units); i++)
    {
      win = slots_new (comm, 96, bad_units[i]);
      ASSERT_BOTH_FAIL (rank, 0, SLOT_SIZE, OMPI_OBJ_ERROR_DISP, "the displacement unit of rank ");
      slots_free (win);
    }
}

MPI_TEST (programmer_errors)
{
  g_autoptr (GError) error = NULL;

  harness_expect_critical ("*value != NULL*");
  ck_assert (!ompi_obj_win_put_variant (NULL, NULL, 0, 0, SLOT_SIZE, &error));
  harness_expect_critical ("*win_check_type*");
  ck_assert (!ompi_obj_win_put_variant (NULL, g_variant_new_int32 (1), 0, 0, SLOT_SIZE, &error));
  harness_expect_critical ("*win_check_type*");
  ck_assert_ptr_null (ompi_obj_win_get_variant (NULL, 0, 0, SLOT_SIZE, &error));
  harness_expect_critical ("*value != NULL*");
  ck_assert_int_eq (ompi_obj_win_get_variant_slot_size (NULL, &error), -1);
  harness_assert_criticals ();
  assert_no_error (error);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "win-variant");
  harness_add (round_trip, HARNESS_INTRA);
  harness_add (uneven_ranks, HARNESS_INTRA);
  harness_add (window_kinds, HARNESS_INTRA);
  harness_add (sizes, HARNESS_INTRA);
  harness_add (epochs, HARNESS_INTRA);
  harness_add (writers_and_readers_race, HARNESS_ONCE);
  harness_add (reader_does_not_starve, HARNESS_ONCE);
  harness_add (too_large, HARNESS_INTRA);
  harness_add (malformed, HARNESS_INTRA);
  harness_add (layout, HARNESS_INTRA);
  harness_add (bad_arguments, HARNESS_INTRA);
  harness_add (programmer_errors, HARNESS_ONCE);
  return harness_run ();
}
