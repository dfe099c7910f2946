/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <ompi_obj/keyval.h>

#include "environment-private.h"
#include "error-private.h"
#include "keyval-private.h"

/**
 * MpiKeyval:
 *
 * The key of an attribute: a value that a program attaches to communicators, datatypes and windows, which
 * goes when they do and is handed on to duplicates if the key says so.
 *
 * Values are #GVariants, so programs in all languages see the same.
 *
 * ```c
 * g_autoptr (MpiKeyval) level = ompi_obj_keyval_new (OMPI_OBJ_KEYVAL_COPY_DUP);
 *
 * ompi_obj_comm_set_attr (comm, level, g_variant_new_int32 (3), &error);
 * ```
 *
 * MPI deletes the attributes of [func@Mpi.Comm.self] before it is finalized, the last one that was set
 * first. So a function that runs at the end, while MPI can still be used, is one of
 * [method@Mpi.Keyval.set_delete_func] whose key has a value there. The process may have left `main()` by
 * then, and the interpreter of another language may be gone; a program in such a language calls
 * [func@Mpi.finalize] before it ends.
 *
 * Mirrors the keys of MPI-4.0, section 7.7.
 *
 * Since: 1.0
 */
struct _MpiKeyval
{
  GObject parent_instance;

  MpiKeyvalCopy copy;
  gboolean is_freed;
  GMutex lock; /* of natives */
  int natives[N_KEYVAL_KINDS];

  MpiKeyvalCopyFunc copy_func;
  gpointer copy_data;
  GDestroyNotify copy_destroy;

  MpiKeyvalDeleteFunc delete_func;
  gpointer delete_data;
  GDestroyNotify delete_destroy;
};

G_DEFINE_FINAL_TYPE (MpiKeyval, ompi_obj_keyval, G_TYPE_OBJECT)

static int (*const free_functions[N_KEYVAL_KINDS]) (int *native) = {
  [KEYVAL_KIND_COMM] = MPI_Comm_free_keyval,
  [KEYVAL_KIND_DATATYPE] = MPI_Type_free_keyval,
  [KEYVAL_KIND_WIN] = MPI_Win_free_keyval,
};

static int
keyval_free_natives (MpiKeyval *self)
{
  int result = MPI_SUCCESS;

  for (guint kind = 0; kind < N_KEYVAL_KINDS; kind++)
    if (self->natives[kind] != MPI_KEYVAL_INVALID)
      {
        int code = free_functions[kind](&self->natives[kind]);

        self->natives[kind] = MPI_KEYVAL_INVALID;
        if (result == MPI_SUCCESS)
          result = code;
      }
  return result;
}

static void
keyval_finalize (GObject *object)
{
  MpiKeyval *self = OMPI_OBJ_KEYVAL (object);

  if (environment_is_active ())
    keyval_free_natives (self);
  if (self->copy_destroy != NULL)
    self->copy_destroy (self->copy_data);
  if (self->delete_destroy != NULL)
    self->delete_destroy (self->delete_data);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (ompi_obj_keyval_parent_class)->finalize (object);
}

static void
ompi_obj_keyval_class_init (MpiKeyvalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = keyval_finalize;
}

static void
ompi_obj_keyval_init (MpiKeyval *self)
{
  g_mutex_init (&self->lock);
  for (guint kind = 0; kind < N_KEYVAL_KINDS; kind++)
    self->natives[kind] = MPI_KEYVAL_INVALID;
}

/* MPI's key for a class of objects. */
static gboolean
keyval_to_mpi (MpiKeyval *self, const KeyvalKind *kind, int *native, const char *function, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (self->is_freed)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_KEYVAL, function, "the key was freed");
      return FALSE;
    }
  if (self->natives[kind->index] == MPI_KEYVAL_INVALID
      && !check_mpi (error, function, kind->create (self, &self->natives[kind->index])))
    return FALSE;
  *native = self->natives[kind->index];
  return TRUE;
}

/* So the key outlives its attributes, whose functions MPI calls with it. */
typedef struct
{
  MpiKeyval *keyval;
  GVariant *value;
} Attribute;

/* What MPI keeps as the value of an attribute. */
static Attribute *
attribute_new (MpiKeyval *keyval, GVariant *value)
{
  Attribute *self = g_new (Attribute, 1);

  self->keyval = g_object_ref (keyval);
  self->value = g_variant_ref_sink (value);
  return self;
}

static void
attribute_free (Attribute *self)
{
  g_variant_unref (self->value);
  g_object_unref (self->keyval);
  g_free (self);
}

gboolean
ompi_obj_attribute_set (const KeyvalKind *kind,
                        gconstpointer handle,
                        MpiKeyval *keyval,
                        GVariant *value,
                        GError **error)
{
  Attribute *attribute;
  int native;

  if (!keyval_to_mpi (keyval, kind, &native, kind->set_name, error))
    return FALSE;
  attribute = attribute_new (keyval, value);
  if (check_mpi (error, kind->set_name, kind->set (handle, native, attribute)))
    return TRUE;
  attribute_free (attribute);
  return FALSE;
}

GVariant *
ompi_obj_attribute_get (const KeyvalKind *kind, gconstpointer handle, MpiKeyval *keyval, GError **error)
{
  Attribute *attribute = NULL;
  int is_set = FALSE;
  int native;

  if (!keyval_to_mpi (keyval, kind, &native, kind->get_name, error)
      || !check_mpi (error, kind->get_name, kind->get (handle, native, &attribute, &is_set)) || !is_set)
    return NULL;
  return g_variant_ref (attribute->value);
}

gboolean
ompi_obj_attribute_remove (const KeyvalKind *kind, gconstpointer handle, MpiKeyval *keyval, GError **error)
{
  gpointer attribute = NULL;
  int is_set = FALSE;
  int native;

  /* MPIs differ in whether it is an error to delete what is not there. */
  return keyval_to_mpi (keyval, kind, &native, kind->delete_name, error)
         && check_mpi (error, kind->delete_name, kind->get (handle, native, &attribute, &is_set))
         && (!is_set || check_mpi (error, kind->delete_name, kind->remove (handle, native)));
}

static void
copy_error_free (gpointer data)
{
  g_error_free (data);
}

/* Why a function of the program's failed in a call of MPI by this thread. */
static GPrivate copy_error = G_PRIVATE_INIT (copy_error_free);

int
ompi_obj_attribute_copy (gpointer attribute, GObject *object, void *copy, int *is_copied)
{
  const Attribute *self = attribute;
  g_autoptr (GObject) owned = object;
  g_autoptr (GVariant) value = NULL;
  GError *error = NULL;

  if (self->keyval->copy_func != NULL)
    {
      value = self->keyval->copy_func (owned, self->keyval, self->value, self->keyval->copy_data, &error);
      if (value != NULL)
        g_variant_take_ref (value);
    }
  else if (self->keyval->copy == OMPI_OBJ_KEYVAL_COPY_DUP)
    value = g_variant_ref (self->value);

  *is_copied = value != NULL;
  if (error != NULL)
    {
      g_private_replace (&copy_error, error);
      *is_copied = FALSE;
      return MPI_ERR_OTHER;
    }
  if (value != NULL)
    *(gpointer *) copy = attribute_new (self->keyval, value);
  return MPI_SUCCESS;
}

int
ompi_obj_attribute_delete (gpointer attribute, GObject *object)
{
  Attribute *self = attribute;
  g_autoptr (GObject) owned = object;

  if (self->keyval->delete_func != NULL)
    self->keyval->delete_func (owned, self->keyval, self->value, self->keyval->delete_data);
  attribute_free (self);
  return MPI_SUCCESS;
}

gboolean
ompi_obj_attribute_explain (gboolean succeeded, GError **error)
{
  GError *reason = g_private_get (&copy_error);

  if (G_LIKELY (reason == NULL))
    return succeeded;
  g_private_set (&copy_error, NULL);
  if (succeeded || error == NULL)
    {
      g_error_free (reason);
      return succeeded;
    }
  g_clear_error (error);
  g_propagate_error (error, reason);
  return FALSE;
}

/**
 * ompi_obj_keyval_new: (constructor)
 * @copy: what becomes of an attribute when its object is duplicated
 *
 * Makes a key, for attributes of communicators, datatypes and windows. MPI is not needed for that.
 *
 * Mirrors `MPI_Comm_create_keyval`, `MPI_Type_create_keyval` and `MPI_Win_create_keyval` (MPI-4.0, section 7.7).
 *
 * Returns: (transfer full): a new key
 *
 * Since: 1.0
 */
MpiKeyval *
ompi_obj_keyval_new (MpiKeyvalCopy copy)
{
  MpiKeyval *self;

  g_return_val_if_fail (copy == OMPI_OBJ_KEYVAL_COPY_NONE || copy == OMPI_OBJ_KEYVAL_COPY_DUP, NULL);

  self = g_object_new (OMPI_OBJ_TYPE_KEYVAL, NULL);
  self->copy = copy;
  return self;
}

/**
 * ompi_obj_keyval_set_copy_func:
 * @self: a key
 * @func: (nullable) (scope notified) (closure user_data) (destroy destroy): says which value a duplicate
 *   has; %NULL to go back to what the key was made with
 * @user_data: data for @func
 * @destroy: (nullable): frees @user_data when the key and all its attributes are gone, or the function is
 *   replaced
 *
 * Asks a function what becomes of an attribute when its object is duplicated.
 *
 * Set it before the key is used; it must not be changed while another thread uses the key.
 *
 * Mirrors the copy function of `MPI_Comm_create_keyval` (MPI-4.0, section 7.7).
 *
 * Since: 1.0
 */
void
ompi_obj_keyval_set_copy_func (MpiKeyval *self, MpiKeyvalCopyFunc func, gpointer user_data, GDestroyNotify destroy)
{
  g_return_if_fail (OMPI_OBJ_IS_KEYVAL (self));

  if (self->copy_destroy != NULL)
    self->copy_destroy (self->copy_data);
  self->copy_func = func;
  self->copy_data = user_data;
  self->copy_destroy = destroy;
}

/**
 * ompi_obj_keyval_set_delete_func:
 * @self: a key
 * @func: (nullable) (scope notified) (closure user_data) (destroy destroy): is told when an attribute
 *   goes; %NULL for none
 * @user_data: data for @func
 * @destroy: (nullable): frees @user_data when the key and all its attributes are gone, or the function is
 *   replaced
 *
 * Calls a function when an attribute is deleted or replaced, or its object is freed.
 *
 * Set it before the key is used; it must not be changed while another thread uses the key.
 *
 * Mirrors the delete function of `MPI_Comm_create_keyval` (MPI-4.0, section 7.7).
 *
 * Since: 1.0
 */
void
ompi_obj_keyval_set_delete_func (MpiKeyval *self, MpiKeyvalDeleteFunc func, gpointer user_data, GDestroyNotify destroy)
{
  g_return_if_fail (OMPI_OBJ_IS_KEYVAL (self));

  if (self->delete_destroy != NULL)
    self->delete_destroy (self->delete_data);
  self->delete_func = func;
  self->delete_data = user_data;
  self->delete_destroy = destroy;
}

/**
 * ompi_obj_keyval_free:
 * @self: a key
 * @error: return location for a #GError
 *
 * Frees a key now, before the last reference is dropped. The object stays valid, but cannot be used for
 * attributes any more. Attributes that there are go with their objects, and their functions are called.
 *
 * Errors: [error@Mpi.Error.keyval] if @self was freed.
 *
 * Mirrors `MPI_Comm_free_keyval`, `MPI_Type_free_keyval` and `MPI_Win_free_keyval` (MPI-4.0, section 7.7).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_keyval_free (MpiKeyval *self, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  g_return_val_if_fail (OMPI_OBJ_IS_KEYVAL (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!environment_ensure ("MPI_Comm_free_keyval", error))
    return FALSE;
  locker = g_mutex_locker_new (&self->lock);
  if (self->is_freed)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_KEYVAL, "MPI_Comm_free_keyval", "the key was freed");
      return FALSE;
    }
  self->is_freed = TRUE;
  return check_mpi (error, "MPI_Comm_free_keyval", keyval_free_natives (self));
}
