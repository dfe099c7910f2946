/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is left after MPI_Finalize: a program of its own, for MPI cannot be started again. */

#include "harness.h"

/* Made while MPI was running. */
static MpiComm *old_comm;
static MpiDatatype *old_datatype;
static MpiRequest *old_request;
static MpiMessage *old_message;
static MpiInfo *old_info;
static MpiBuffer *old_memory;

static gint data[2];

/* What attributes of MPI_COMM_SELF and the world saw of their end. */
static guint n_deleted;
static gint deleted_last;
static gboolean mpi_was_usable;

static void
on_delete (G_GNUC_UNUSED GObject *object,
           G_GNUC_UNUSED MpiKeyval *keyval,
           GVariant *value,
           G_GNUC_UNUSED gpointer user_data)
{
  n_deleted++;
  deleted_last = g_variant_get_int32 (value);
  if (deleted_last > 0)
    mpi_was_usable = ompi_obj_comm_barrier (ompi_obj_comm_self (), NULL);
}

MPI_TEST (make_objects)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiRequest) request = NULL;
  const gint64 one = 1;
  const gint64 zero = 0;

  old_comm = ompi_obj_comm_dup (comm, &error);
  assert_no_error (error);
  old_datatype = ompi_obj_datatype_new_hindexed (&one, &zero, 1, OMPI_OBJ_INT, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_datatype_commit (old_datatype, &error), error);

  old_request = ompi_obj_comm_isend (ompi_obj_comm_self (), OMPI_OBJ_DATA (data, 1), 0, 0, &error);
  assert_no_error (error);
  old_message = ompi_obj_comm_mprobe (ompi_obj_comm_self (), 0, 0, NULL, &error);
  assert_no_error (error);
  assert_succeeds (ompi_obj_message_recv (old_message, OMPI_OBJ_DATA (data + 1, 1), NULL, &error), error);
  assert_succeeds (ompi_obj_request_wait (old_request, NULL, &error), error);

  old_info = ompi_obj_info_new (&error);
  assert_no_error (error);
  old_memory = ompi_obj_buffer_new_alloc (1000, NULL, &error);
  assert_no_error (error);

  /* One that nobody waits for. */
  request = ompi_obj_comm_isend (ompi_obj_comm_self (), OMPI_OBJ_DATA (data, 1), 0, 1, &error);
  assert_no_error (error);
  g_clear_object (&request);
  assert_succeeds (ompi_obj_comm_recv (ompi_obj_comm_self (), OMPI_OBJ_DATA (data + 1, 1), 0, 1, NULL, &error), error);
}

MPI_TEST (set_attributes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiKeyval) first = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);
  g_autoptr (MpiKeyval) second = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_NONE);

  ompi_obj_keyval_set_delete_func (first, on_delete, NULL, NULL);
  ompi_obj_keyval_set_delete_func (second, on_delete, NULL, NULL);
  assert_succeeds (ompi_obj_comm_set_attr (ompi_obj_comm_self (), first, g_variant_new_int32 (1), &error), error);
  assert_succeeds (ompi_obj_comm_set_attr (ompi_obj_comm_self (), second, g_variant_new_int32 (2), &error), error);
}

MPI_TEST (finalize)
{
  g_autoptr (GError) error = NULL;
  int finalized;

  assert_succeeds (ompi_obj_finalize (&error), error);
  MPI_Finalized (&finalized);
  ck_assert_int_eq (finalized, 1);
  ck_assert (ompi_obj_is_finalized ());
  ck_assert (ompi_obj_is_initialized ());
}

/* The way to run code at the end, while MPI can be used: in the reverse of the order they were set. */
MPI_TEST (attributes_were_deleted)
{
  ck_assert_uint_eq (n_deleted, 2);
  ck_assert_int_eq (deleted_last, 1);
  ck_assert (mpi_was_usable);
}

MPI_TEST (finalize_again)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!ompi_obj_finalize (&error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "MPI_Finalize: ");
}

MPI_TEST (initialize_again)
{
  g_autoptr (GError) error = NULL;
  MpiThreadLevel provided;

  ck_assert (!ompi_obj_init (&error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "finalized");
  ck_assert (!ompi_obj_init_thread (OMPI_OBJ_THREAD_LEVEL_SINGLE, &provided, &error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "finalized");
}

#define ASSERT_FINALIZED(expression, function)                                       \
  do                                                                                 \
    {                                                                                \
      ck_assert_msg (!(expression), "%s succeeded after MPI_Finalize", #expression); \
      assert_error (error, OMPI_OBJ_ERROR_FINALIZED, function ": ");                 \
    }                                                                                \
  while (0)

static void
try_communicator (MpiComm *comm)
{
  g_autoptr (GError) error = NULL;
  MpiBuffer *buffer = OMPI_OBJ_DATA (data, 1);
  MpiBuffer *other = OMPI_OBJ_DATA (data + 1, 1);
  MpiStatus status;

  ASSERT_FINALIZED (ompi_obj_comm_dup (comm, &error), "MPI_Comm_dup");
  ASSERT_FINALIZED (ompi_obj_comm_free (comm, &error), "MPI_Comm_free");
  ASSERT_FINALIZED (ompi_obj_comm_get_name (comm, &error), "MPI_Comm_get_name");
  ASSERT_FINALIZED (ompi_obj_comm_set_name (comm, "x", &error), "MPI_Comm_set_name");
  ck_assert_int_eq (ompi_obj_comm_compare (comm, comm, &error), OMPI_OBJ_COMPARISON_UNEQUAL);
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "MPI_Comm_compare: ");
  ASSERT_FINALIZED (ompi_obj_comm_send (comm, buffer, 0, 0, &error), "MPI_Send");
  ASSERT_FINALIZED (ompi_obj_comm_ssend (comm, buffer, 0, 0, &error), "MPI_Ssend");
  ASSERT_FINALIZED (ompi_obj_comm_rsend (comm, buffer, 0, 0, &error), "MPI_Rsend");
  ASSERT_FINALIZED (ompi_obj_comm_recv (comm, buffer, 0, 0, &status, &error), "MPI_Recv");
  ASSERT_FINALIZED (ompi_obj_comm_sendrecv (comm, buffer, 0, 0, other, 0, 0, &status, &error), "MPI_Sendrecv");
  ASSERT_FINALIZED (ompi_obj_comm_sendrecv_replace (comm, buffer, 0, 0, 0, 0, &status, &error), "MPI_Sendrecv_replace");
  ASSERT_FINALIZED (ompi_obj_comm_isend (comm, buffer, 0, 0, &error), "MPI_Isend");
  ASSERT_FINALIZED (ompi_obj_comm_probe (comm, 0, 0, &status, &error), "MPI_Probe");
  ASSERT_FINALIZED (ompi_obj_comm_iprobe (comm, 0, 0, &status, &error), "MPI_Iprobe");
  ASSERT_FINALIZED (ompi_obj_comm_mprobe (comm, 0, 0, &status, &error), "MPI_Mprobe");
  ASSERT_FINALIZED (ompi_obj_comm_improbe (comm, 0, 0, &status, &error), "MPI_Improbe");
  ASSERT_FINALIZED (ompi_obj_comm_barrier (comm, &error), "MPI_Barrier");
  ASSERT_FINALIZED (ompi_obj_comm_bcast (comm, buffer, 0, &error), "MPI_Bcast");
  ASSERT_FINALIZED (ompi_obj_comm_allreduce (comm, buffer, other, OMPI_OBJ_SUM, &error), "MPI_Allreduce");

  ck_assert (!ompi_obj_comm_send_variant (comm, g_variant_new_int32 (1), 0, 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "finalized");
  ck_assert_ptr_null (ompi_obj_comm_recv_variant (comm, 0, 0, &status, &error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "finalized");
  ck_assert_ptr_null (ompi_obj_comm_sendrecv_variant (comm, g_variant_new_int32 (1), 0, 0, 0, 0, &status, &error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "finalized");
  ck_assert_ptr_null (ompi_obj_comm_bcast_variant (comm, g_variant_new_int32 (1), 0, &error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "finalized");
}

MPI_TEST (communicators)
{
  try_communicator (ompi_obj_comm_world ());
  try_communicator (ompi_obj_comm_self ());
  try_communicator (old_comm);
}

MPI_TEST (datatypes)
{
  MpiDatatype *datatypes[] = { OMPI_OBJ_INT, old_datatype };
  const gint64 one = 1;
  const gint64 zero = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (datatypes); i++)
    {
      g_autoptr (GError) error = NULL;

      ck_assert_int_eq (ompi_obj_datatype_get_size (datatypes[i], &error), -1);
      assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "MPI_Type_size: ");
      ASSERT_FINALIZED (ompi_obj_datatype_get_name (datatypes[i], &error), "MPI_Type_get_name");
      ASSERT_FINALIZED (ompi_obj_datatype_commit (datatypes[i], &error), "MPI_Type_commit");
      ASSERT_FINALIZED (ompi_obj_datatype_free (datatypes[i], &error), "MPI_Type_free");
      ASSERT_FINALIZED (ompi_obj_datatype_new_hindexed (&one, &zero, 1, datatypes[i], &error),
                        "MPI_Type_create_hindexed");
    }
  ck_assert (ompi_obj_datatype_is_predefined (OMPI_OBJ_INT));
}

MPI_TEST (requests_messages_and_statuses)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiStatus) status = ompi_obj_status_new ();

  ASSERT_FINALIZED (ompi_obj_request_wait (old_request, status, &error), "MPI_Wait");
  ASSERT_FINALIZED (ompi_obj_request_test (old_request, status, &error), "MPI_Test");
  ASSERT_FINALIZED (ompi_obj_message_recv (old_message, OMPI_OBJ_DATA (data, 1), status, &error), "MPI_Mrecv");
  ck_assert_ptr_null (ompi_obj_message_recv_variant (old_message, status, &error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "finalized");
  ck_assert_int_eq (ompi_obj_status_get_count (status, OMPI_OBJ_INT, &error), -1);
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "MPI_Get_count: ");
  ck_assert_ptr_null (ompi_obj_comm_new_for_native (MPI_COMM_WORLD, OMPI_OBJ_OWNERSHIP_BORROWED, &error));
  assert_error (error, OMPI_OBJ_ERROR_FINALIZED, "finalized");
}

MPI_TEST (infos_memory_and_codes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MpiStatus) status = ompi_obj_status_new ();
  static gpointer address;

  ASSERT_FINALIZED (ompi_obj_info_new (&error), "MPI_Info_create");
  ASSERT_FINALIZED (ompi_obj_info_dup (old_info, &error), "MPI_Info_dup");
  ASSERT_FINALIZED (ompi_obj_info_set (old_info, "a", "b", &error), "MPI_Info_set");
  ASSERT_FINALIZED (ompi_obj_info_get (old_info, "a", &error), "MPI_Info_get_string");
  ASSERT_FINALIZED (ompi_obj_info_free (old_info, &error), "MPI_Info_free");
  ASSERT_FINALIZED (ompi_obj_buffer_new_alloc (8, NULL, &error), "MPI_Alloc_mem");
  ASSERT_FINALIZED (ompi_obj_error_add_class (&error) != -1, "MPI_Add_error_class");
  ASSERT_FINALIZED (ompi_obj_error_add_code (MPI_ERR_RANK, &error) != -1, "MPI_Add_error_code");
  ASSERT_FINALIZED (ompi_obj_error_add_string (MPI_ERR_RANK, "x", &error), "MPI_Add_error_string");
  ASSERT_FINALIZED (ompi_obj_error_get_string (MPI_ERR_RANK, &error), "MPI_Error_string");
  ASSERT_FINALIZED (ompi_obj_error_get_class (MPI_ERR_RANK, &error) != -1, "MPI_Error_class");
  ASSERT_FINALIZED (ompi_obj_status_set_cancelled (status, TRUE, &error), "MPI_Status_set_cancelled");
  ASSERT_FINALIZED (ompi_obj_status_set_elements (status, OMPI_OBJ_INT, 1, &error), "MPI_Status_set_elements");
  ASSERT_FINALIZED (ompi_obj_status_get_elements (status, OMPI_OBJ_INT, &error) != -1, "MPI_Get_elements");
  ck_assert (!ompi_obj_status_is_cancelled (status));
  ck_assert_int_eq (ompi_obj_get_address (data), 0);
  ck_assert_int_eq (ompi_obj_aint_add (1, 2), 0);
  ck_assert_int_eq (ompi_obj_aint_diff (3, 2), 0);

  /* Nothing is given back to an MPI that is gone. The address stays known, so that it is no leak. */
  address = old_memory->address;
  ck_assert_ptr_nonnull (address);
  g_clear_pointer (&old_memory, ompi_obj_buffer_free);
  g_clear_object (&old_info);
}

MPI_TEST (questions_without_errors)
{
  g_autofree gchar *processor = ompi_obj_get_processor_name ();
  g_autofree gchar *library = ompi_obj_get_library_version ();
  gint version = 0;
  gint subversion = 0;

  ck_assert_str_eq (processor, "");
  ck_assert_uint_gt (strlen (library), 0);
  ompi_obj_get_version (&version, &subversion);
  ck_assert_int_ge (version, 3);
  ck_assert_double_eq (ompi_obj_wtime (), 0);
  ck_assert_double_eq (ompi_obj_wtick (), 0);
  ck_assert (!ompi_obj_is_thread_main ());
  ompi_obj_query_thread ();
  ompi_obj_pcontrol (1);
}

/* What needs no MPI goes on. */
MPI_TEST (values_and_buffers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_parsed ("{'a': <1>}"));
  g_autoptr (GBytes) bytes = ompi_obj_variant_encode (value, &error);
  g_autoptr (GVariant) back = NULL;
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new (10);
  g_autoptr (MpiBuffer) numbers = NULL;

  assert_no_error (error);
  back = ompi_obj_variant_decode (bytes, &error);
  assert_no_error (error);
  assert_variant_equal (back, value);
  ck_assert_int_eq (buffer->count, 10);

  numbers = ompi_obj_buffer_new_for_variant (g_variant_new_parsed ("[1, 2, 3]"), &error);
  assert_no_error (error);
  ck_assert_int_eq (numbers->count, 3);
}

/* MPI would end the program if anything were freed now. */
MPI_TEST (last_references)
{
  g_clear_object (&old_comm);
  g_clear_object (&old_datatype);
  g_clear_object (&old_request);
  g_clear_object (&old_message);
}

int
main (int argc, char **argv)
{
  harness_init (argc, argv, "finalize");
  harness_add (make_objects, HARNESS_ONCE);
  harness_add (set_attributes, HARNESS_ONCE);
  harness_add (finalize, HARNESS_ONCE);
  harness_add (attributes_were_deleted, HARNESS_ONCE);
  harness_add (finalize_again, HARNESS_ONCE);
  harness_add (initialize_again, HARNESS_ONCE);
  harness_add (communicators, HARNESS_ONCE);
  harness_add (datatypes, HARNESS_ONCE);
  harness_add (requests_messages_and_statuses, HARNESS_ONCE);
  harness_add (infos_memory_and_codes, HARNESS_ONCE);
  harness_add (questions_without_errors, HARNESS_ONCE);
  harness_add (values_and_buffers, HARNESS_ONCE);
  harness_add (last_references, HARNESS_ONCE);
  return harness_run ();
}
