/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ffi.h>

#include <ompi_obj/native.h>

#include "datatype-private.h"
#include "error-private.h"
#include "op-function-private.h"

#ifdef HAVE_MPI_LARGE_COUNT
typedef MPI_Count NativeCount;
#else
typedef int NativeCount;
#endif

struct _OpFunction
{
  MpiOpFunc func;
  gpointer user_data;
  GDestroyNotify destroy;

  ffi_closure *closure;
  gpointer code;         /* where MPI calls the closure */
  MpiDatatype *datatype; /* the last one that it was called for, while no thread uses it */
};

/* MPI splits a large reduction into many calls for the same datatype; its object is made once. */
static MpiDatatype *
take_datatype (OpFunction *self, MPI_Datatype handle)
{
  MpiDatatype *last = __atomic_exchange_n (&self->datatype, NULL, __ATOMIC_ACQ_REL);
  MpiDatatype *predefined;

  if (last != NULL && last->handle == handle)
    return last;
  g_clear_object (&last);

  predefined = ompi_obj_datatype_find_by_handle (handle);
  return predefined != NULL ? g_object_ref (predefined)
                            : ompi_obj_datatype_new_for_native (handle, OMPI_OBJ_OWNERSHIP_BORROWED);
}

static void
put_datatype (OpFunction *self, MpiDatatype *datatype)
{
  MpiDatatype *other = __atomic_exchange_n (&self->datatype, datatype, __ATOMIC_ACQ_REL);

  g_clear_object (&other);
}

/* Called by MPI with (void *in, void *inout, count *length, MPI_Datatype *datatype), each of which libffi points to. */
static void
on_call (ffi_cif *cif G_GNUC_UNUSED, void *result G_GNUC_UNUSED, void **arguments, void *data)
{
  OpFunction *self = data;
  const NativeCount *length = *(const NativeCount **) arguments[2];
  const MPI_Datatype *handle = *(const MPI_Datatype **) arguments[3];
  MpiDatatype *datatype = take_datatype (self, *handle);
  const MpiBuffer in = { .address = *(gpointer *) arguments[0], .count = (gint64) *length, .datatype = datatype };
  const MpiBuffer inout = { .address = *(gpointer *) arguments[1], .count = (gint64) *length, .datatype = datatype };

  self->func (&in, &inout, self->user_data);
  put_datatype (self, datatype);
}

/* The description of MPI's call, the same for all functions; NULL if libffi cannot make such calls. */
static ffi_cif *
get_call (void)
{
  static ffi_cif call;
  static ffi_type *arguments[] = { &ffi_type_pointer, &ffi_type_pointer, &ffi_type_pointer, &ffi_type_pointer };
  static gsize status;

  if (g_once_init_enter (&status))
    {
      const ffi_status prepared =
          ffi_prep_cif (&call, FFI_DEFAULT_ABI, G_N_ELEMENTS (arguments), &ffi_type_void, arguments);

      g_once_init_leave (&status, prepared == FFI_OK ? 1 : 2);
    }
  return status == 1 ? &call : NULL;
}

OpFunction *
op_function_new (MpiOpFunc func, gpointer user_data, GDestroyNotify destroy, GError **error)
{
  OpFunction *self = g_new0 (OpFunction, 1);
  ffi_cif *call = get_call ();

  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  if (call != NULL)
    self->closure = ffi_closure_alloc (sizeof *self->closure, &self->code);
  if (self->closure == NULL || ffi_prep_closure_loc (self->closure, call, on_call, self, self->code) != FFI_OK)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_NO_MEM, "MPI_Op_create",
                          "the system gives no memory for the function of an operation; "
                          "use an operation on values, or one that C code made");
      op_function_free (self);
      return NULL;
    }
  return self;
}

OpNativeFunction *
op_function_get_native (OpFunction *self)
{
  OpNativeFunction *function;

  /* ISO C has no conversion between the two kinds of pointers. */
  *(gpointer *) &function = self->code;
  return function;
}

void
op_function_free (OpFunction *self)
{
  if (self->closure != NULL)
    ffi_closure_free (self->closure);
  g_clear_object (&self->datatype);
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}
