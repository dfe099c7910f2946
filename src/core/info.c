/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <ompi_obj/native.h>

#include "environment-private.h"
#include "error-private.h"
#include "info-private.h"
#include "mpi-capabilities-private.h"

/**
 * MpiInfo:
 *
 * Hints for MPI: a set of pairs of strings, a key and its value.
 *
 * MPI passes over keys that it does not know. How long a key and a value may be depends on the MPI:
 * 35 and 255 bytes fit all that are known, and what is too long for this one is refused and not cut
 * off. The order of the keys is MPI's.
 *
 * Values are copied in and out: an info does not change when the table it was made of does, and a
 * duplicate lives on its own.
 *
 * ```c
 * g_autoptr (MpiInfo) info = ompi_obj_info_new (&error);
 *
 * if (info == NULL || !ompi_obj_info_set (info, "access_style", "read_once", &error))
 *   return FALSE;
 * ```
 *
 * Mirrors `MPI_Info` (MPI-4.0, chapter 10). Where this MPI is 4.0, an info can be made and used before
 * MPI is initialized; elsewhere its first use initializes MPI.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MpiInfo, ompi_obj_info, G_TYPE_OBJECT)

/* The longest key and value in bytes; MPI's constants count the zero byte at the end. */
#define LONGEST_KEY ((gsize) MPI_MAX_INFO_KEY - 1)
#define LONGEST_VALUE ((gsize) MPI_MAX_INFO_VAL - 1)

/* MPI-4.0 allows what concerns infos before the initialization too (section 11.4.1). */
static inline gboolean
info_is_usable_uninitialized (void)
{
#ifdef HAVE_MPI_INFO_CREATE_ENV
  return !ompi_obj_is_initialized ();
#else
  return FALSE;
#endif
}

static gboolean
info_ensure (const char *function, GError **error)
{
  return environment_is_active () || info_is_usable_uninitialized () || environment_ensure (function, error);
}

static void
info_finalize (GObject *object)
{
  MpiInfo *self = OMPI_OBJ_INFO (object);

  if (self->handle != MPI_INFO_NULL && self->ownership == OMPI_OBJ_OWNERSHIP_OWNED
      && (environment_is_active () || info_is_usable_uninitialized ()))
    MPI_Info_free (&self->handle);

  G_OBJECT_CLASS (ompi_obj_info_parent_class)->finalize (object);
}

static void
ompi_obj_info_class_init (MpiInfoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = info_finalize;
}

static void
ompi_obj_info_init (MpiInfo *self)
{
  self->handle = MPI_INFO_NULL;
}

gboolean
ompi_obj_info_check (MpiInfo *info, const char *function, GError **error)
{
  if (info == NULL || info->handle != MPI_INFO_NULL)
    return TRUE;
  ompi_obj_error_set (error, OMPI_OBJ_ERROR_INFO, function, "the info was freed");
  return FALSE;
}

#define INFO_ENTER(self, function, error, failure)                                        \
  do                                                                                      \
    {                                                                                     \
      g_return_val_if_fail (OMPI_OBJ_IS_INFO (self), failure);                            \
      g_return_val_if_fail ((error) == NULL || *(error) == NULL, failure);                \
      if (!info_ensure (function, error) || !ompi_obj_info_check (self, function, error)) \
        return failure;                                                                   \
    }                                                                                     \
  while (0)

/* MPI cuts off or refuses what is too long, depending on the MPI, and only some take what is empty. */
static gboolean
info_check_string (const char *argument,
                   const char *string,
                   gsize longest,
                   MpiError code,
                   const char *function,
                   GError **error)
{
  gsize length = strlen (string);

  if (length == 0)
    ompi_obj_error_set (error, code, function, "the %s is empty", argument);
  else if (!g_utf8_validate (string, -1, NULL))
    ompi_obj_error_set (error, code, function, "the %s is not valid UTF-8", argument);
  else if (length > longest)
    ompi_obj_error_set (error, code, function,
                        "the %s '%.20s...' has %" G_GSIZE_FORMAT " bytes, but this MPI takes at most %" G_GSIZE_FORMAT,
                        argument, string, length, longest);
  else
    return TRUE;
  return FALSE;
}

static gboolean
info_check_key (const char *key, const char *function, GError **error)
{
  return info_check_string ("key", key, LONGEST_KEY, OMPI_OBJ_ERROR_INFO_KEY, function, error);
}

static gboolean
info_check_entry (const char *key, const char *value, const char *function, GError **error)
{
  return info_check_key (key, function, error)
         && info_check_string ("value", value, LONGEST_VALUE, OMPI_OBJ_ERROR_INFO_VALUE, function, error);
}

static MpiInfo *
info_new_take (MPI_Info native)
{
  return ompi_obj_info_new_for_native (native, OMPI_OBJ_OWNERSHIP_OWNED);
}

/**
 * ompi_obj_info_new: (constructor)
 * @error: return location for a #GError
 *
 * Makes an info without entries.
 *
 * Errors: [error@Mpi.Error.finalized] if MPI has been finalized.
 *
 * Mirrors `MPI_Info_create` (MPI-4.0, chapter 10).
 *
 * Returns: (transfer full): a new info; %NULL on error
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_info_new (GError **error)
{
  MPI_Info native;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!info_ensure ("MPI_Info_create", error) || !CHECK_MPI (error, MPI_Info_create, &native))
    return NULL;
  return info_new_take (native);
}

/**
 * ompi_obj_info_new_env: (constructor)
 * @argc: the number of arguments
 * @argv: (array length=argc) (nullable): the arguments as `main()` got them, or %NULL with an @argc of 0
 * @error: return location for a #GError
 *
 * Makes an info that tells how the program was started, as far as MPI knows: keys such as `command`,
 * `argv`, `maxprocs` and `wdir`. It can be called before MPI is initialized, and does not initialize
 * it.
 *
 * Errors: [error@Mpi.Error.unsupported] if this MPI is older than 4.0, [error@Mpi.Error.arg] if @argc
 * is negative, or @argv is %NULL and @argc is not 0, [error@Mpi.Error.finalized] if MPI has been
 * finalized.
 *
 * Mirrors `MPI_Info_create_env` (MPI-4.0, chapter 10).
 *
 * Returns: (transfer full): a new info; %NULL on error
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_info_new_env (gint argc, gchar **argv, GError **error)
{
#ifdef HAVE_MPI_INFO_CREATE_ENV
  gchar *no_arguments[] = { NULL };
  MPI_Info native;
#endif

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (argc < 0 || (argv == NULL && argc > 0))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Info_create_env", "argc is %d%s", argc,
                          argv == NULL ? ", but argv is NULL" : "");
      return NULL;
    }

#ifdef HAVE_MPI_INFO_CREATE_ENV
  if (!info_ensure ("MPI_Info_create_env", error)
      || !CHECK_MPI (error, MPI_Info_create_env, argc, argv != NULL ? argv : no_arguments, &native))
    return NULL;
  return info_new_take (native);
#else
  ompi_obj_require_feature (OMPI_OBJ_FEATURE_INFO_ENV, "MPI_Info_create_env", error);
  return NULL;
#endif
}

/**
 * ompi_obj_info_new_for_hash_table: (constructor)
 * @entries: (element-type utf8 utf8): the values by their keys
 * @error: return location for a #GError
 *
 * Makes an info of the entries of a hash table, which are copied.
 *
 * Errors: [error@Mpi.Error.info_key] or [error@Mpi.Error.info_value] if a key or a value is too long
 * for this MPI, empty or not UTF-8, [error@Mpi.Error.finalized] if MPI has been finalized.
 *
 * Mirrors `MPI_Info_create` and `MPI_Info_set` (MPI-4.0, chapter 10).
 *
 * Returns: (transfer full): a new info; %NULL on error
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_info_new_for_hash_table (GHashTable *entries, GError **error)
{
  g_autoptr (MpiInfo) self = NULL;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_return_val_if_fail (entries != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = ompi_obj_info_new (error);
  if (self == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_return_val_if_fail (key != NULL && value != NULL, NULL);
      if (!ompi_obj_info_set (self, key, value, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * ompi_obj_info_new_for_variant: (constructor)
 * @entries: the values by their keys, of type `a{ss}`; sunk if it floats
 * @error: return location for a #GError
 *
 * Makes an info of the entries of a dictionary of strings, which are copied. If a key is in it twice,
 * the last entry counts.
 *
 * Errors: [error@Mpi.Error.type] if @entries is of another type, [error@Mpi.Error.info_key] or
 * [error@Mpi.Error.info_value] if a key or a value is too long for this MPI or empty,
 * [error@Mpi.Error.finalized] if MPI has been finalized.
 *
 * Mirrors `MPI_Info_create` and `MPI_Info_set` (MPI-4.0, chapter 10).
 *
 * Returns: (transfer full): a new info; %NULL on error
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_info_new_for_variant (GVariant *entries, GError **error)
{
  g_autoptr (MpiInfo) self = NULL;
  g_autoptr (GVariant) owned = NULL;

  g_return_val_if_fail (entries != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  owned = g_variant_ref_sink (entries);
  self = ompi_obj_info_new (error);
  if (self == NULL || !ompi_obj_info_update (self, owned, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ompi_obj_info_dup:
 * @self: an info
 * @error: return location for a #GError
 *
 * Makes another info with the same entries. What is set in one later is not seen in the other.
 *
 * Errors: [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors `MPI_Info_dup` (MPI-4.0, chapter 10).
 *
 * Returns: (transfer full): a new info; %NULL on error
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_info_dup (MpiInfo *self, GError **error)
{
  MPI_Info native;

  INFO_ENTER (self, "MPI_Info_dup", error, NULL);

  if (!CHECK_MPI (error, MPI_Info_dup, self->handle, &native))
    return NULL;
  return info_new_take (native);
}

/**
 * ompi_obj_info_free:
 * @self: an info
 * @error: return location for a #GError
 *
 * Frees the MPI info now, before the last reference is dropped. The object stays valid and its
 * methods give [error@Mpi.Error.info]. What was made with it keeps its hints.
 *
 * Errors: [error@Mpi.Error.info] if @self was freed before, or is one that MPI made itself
 * (`MPI_INFO_ENV`).
 *
 * Mirrors `MPI_Info_free` (MPI-4.0, chapter 10).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_info_free (MpiInfo *self, GError **error)
{
  INFO_ENTER (self, "MPI_Info_free", error, FALSE);

  if (self->handle == MPI_INFO_ENV)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_INFO, "MPI_Info_free", "MPI_INFO_ENV belongs to MPI");
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Info_free, &self->handle);
}

/* Reads a value of any length; *VALUE is NULL if there is no such key. */
static gboolean
info_read (MpiInfo *self, const char *key, char **value, GError **error)
{
  int length = 0;
  int found = FALSE;

  *value = NULL;

#ifdef HAVE_MPI_INFO_GET_STRING
  {
    char nothing[1] = "";

    /* With no room it tells how much is needed, the zero byte included. */
    if (!CHECK_MPI (error, MPI_Info_get_string, self->handle, key, &length, nothing, &found))
      return FALSE;
    if (found)
      {
        *value = g_malloc0 ((gsize) length + 1);
        if (!CHECK_MPI (error, MPI_Info_get_string, self->handle, key, &length, *value, &found))
          g_clear_pointer (value, g_free);
      }
  }
#else
  if (!CHECK_MPI (error, MPI_Info_get_valuelen, self->handle, key, &length, &found))
    return FALSE;
  if (found)
    {
      *value = g_malloc0 ((gsize) length + 1);
      if (!CHECK_MPI (error, MPI_Info_get, self->handle, key, length, *value, &found))
        g_clear_pointer (value, g_free);
    }
#endif
  return !found || *value != NULL;
}

/* Checks a key and looks it up. */
static gboolean
info_find (MpiInfo *self, const char *key, const char *function, char **value, GError **error)
{
  return info_check_key (key, function, error) && info_read (self, key, value, error);
}

/**
 * ompi_obj_info_get:
 * @self: an info
 * @key: a key
 * @error: return location for a #GError
 *
 * Gets the value of a key. That there is none is no error.
 *
 * Errors: [error@Mpi.Error.info_key] if @key is too long for this MPI, empty or not UTF-8,
 * [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors `MPI_Info_get_string` (MPI-4.0, chapter 10).
 *
 * Returns: (transfer full) (nullable): a copy of the value; %NULL if there is no such key, and on error
 *
 * Since: 1.0
 */
gchar *
ompi_obj_info_get (MpiInfo *self, const gchar *key, GError **error)
{
  char *value = NULL;

  g_return_val_if_fail (key != NULL, NULL);
  INFO_ENTER (self, "MPI_Info_get_string", error, NULL);

  return info_find (self, key, "MPI_Info_get_string", &value, error) ? value : NULL;
}

/**
 * ompi_obj_info_has_key:
 * @self: an info
 * @key: a key
 * @error: return location for a #GError
 *
 * Tells whether a key has a value.
 *
 * Errors: [error@Mpi.Error.info_key] if @key is too long for this MPI, empty or not UTF-8,
 * [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors the `flag` of `MPI_Info_get_string` (MPI-4.0, chapter 10).
 *
 * Returns: %TRUE if it has; %FALSE if it has not, and on error
 *
 * Since: 1.0
 */
gboolean
ompi_obj_info_has_key (MpiInfo *self, const gchar *key, GError **error)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (key != NULL, FALSE);
  INFO_ENTER (self, "MPI_Info_get_string", error, FALSE);

  return info_find (self, key, "MPI_Info_get_string", &value, error) && value != NULL;
}

/**
 * ompi_obj_info_set:
 * @self: an info
 * @key: a key
 * @value: its value
 * @error: return location for a #GError
 *
 * Adds an entry, or replaces the value of a key.
 *
 * Errors: [error@Mpi.Error.info_key] or [error@Mpi.Error.info_value] if @key or @value is too long for
 * this MPI, empty or not UTF-8, [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors `MPI_Info_set` (MPI-4.0, chapter 10).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_info_set (MpiInfo *self, const gchar *key, const gchar *value, GError **error)
{
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  INFO_ENTER (self, "MPI_Info_set", error, FALSE);

  return info_check_entry (key, value, "MPI_Info_set", error)
         && CHECK_MPI (error, MPI_Info_set, self->handle, key, value);
}

/**
 * ompi_obj_info_delete:
 * @self: an info
 * @key: a key
 * @error: return location for a #GError
 *
 * Removes an entry.
 *
 * Errors: [error@Mpi.Error.info_nokey] if there is none with this key, [error@Mpi.Error.info_key] if
 * @key is too long for this MPI, empty or not UTF-8, [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors `MPI_Info_delete` (MPI-4.0, chapter 10).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_info_delete (MpiInfo *self, const gchar *key, GError **error)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (key != NULL, FALSE);
  INFO_ENTER (self, "MPI_Info_delete", error, FALSE);

  /* Looked up first: before the initialization an error that MPI finds would end the program. */
  if (!info_find (self, key, "MPI_Info_delete", &value, error))
    return FALSE;
  if (value == NULL)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_INFO_NOKEY, "MPI_Info_delete", "there is no key '%s'", key);
      return FALSE;
    }
  return CHECK_MPI (error, MPI_Info_delete, self->handle, key);
}

/**
 * ompi_obj_info_get_nkeys:
 * @self: an info
 * @error: return location for a #GError
 *
 * Gets the number of entries.
 *
 * Errors: [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors `MPI_Info_get_nkeys` (MPI-4.0, chapter 10).
 *
 * Returns: the number of entries; -1 on error
 *
 * Since: 1.0
 */
gint
ompi_obj_info_get_nkeys (MpiInfo *self, GError **error)
{
  int n_keys = 0;

  INFO_ENTER (self, "MPI_Info_get_nkeys", error, -1);

  return CHECK_MPI (error, MPI_Info_get_nkeys, self->handle, &n_keys) ? n_keys : -1;
}

/**
 * ompi_obj_info_get_nthkey:
 * @self: an info
 * @n: a number from 0 to the number of entries less one
 * @error: return location for a #GError
 *
 * Gets a key by its number. The numbers stay the same until an entry is added or removed.
 *
 * Errors: [error@Mpi.Error.arg] if there are not so many entries, [error@Mpi.Error.info] if @self was
 * freed.
 *
 * Mirrors `MPI_Info_get_nthkey` (MPI-4.0, chapter 10).
 *
 * Returns: (transfer full): a copy of the key; %NULL on error
 *
 * Since: 1.0
 */
gchar *
ompi_obj_info_get_nthkey (MpiInfo *self, gint n, GError **error)
{
  char key[MPI_MAX_INFO_KEY + 1] = "";
  int n_keys = 0;

  INFO_ENTER (self, "MPI_Info_get_nthkey", error, NULL);

  if (!CHECK_MPI (error, MPI_Info_get_nkeys, self->handle, &n_keys))
    return NULL;
  if (n < 0 || n >= n_keys)
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_ARG, "MPI_Info_get_nthkey", "n is %d, but there are %d keys", n,
                          n_keys);
      return NULL;
    }
  return CHECK_MPI (error, MPI_Info_get_nthkey, self->handle, n, key) ? g_strdup (key) : NULL;
}

/**
 * ompi_obj_info_keys:
 * @self: an info
 * @error: return location for a #GError
 *
 * Gets all keys, in MPI's order.
 *
 * Errors: [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors `MPI_Info_get_nkeys` and `MPI_Info_get_nthkey` (MPI-4.0, chapter 10).
 *
 * Returns: (transfer full) (array zero-terminated=1): copies of the keys; %NULL on error
 *
 * Since: 1.0
 */
gchar **
ompi_obj_info_keys (MpiInfo *self, GError **error)
{
  g_auto (GStrv) keys = NULL;
  int n_keys = 0;

  INFO_ENTER (self, "MPI_Info_get_nkeys", error, NULL);

  if (!CHECK_MPI (error, MPI_Info_get_nkeys, self->handle, &n_keys))
    return NULL;
  keys = g_new0 (gchar *, (gsize) n_keys + 1);
  for (int i = 0; i < n_keys; i++)
    {
      char key[MPI_MAX_INFO_KEY + 1] = "";

      if (!CHECK_MPI (error, MPI_Info_get_nthkey, self->handle, i, key))
        return NULL;
      keys[i] = g_strdup (key);
    }
  return g_steal_pointer (&keys);
}

/**
 * ompi_obj_info_update:
 * @self: an info
 * @entries: the values by their keys, of type `a{ss}`; sunk if it floats
 * @error: return location for a #GError
 *
 * Adds entries, and replaces the values of keys that are there already. All are looked at first, so
 * one that is wrong leaves @self as it was.
 *
 * Errors: [error@Mpi.Error.type] if @entries is of another type, [error@Mpi.Error.info_key] or
 * [error@Mpi.Error.info_value] if a key or a value is too long for this MPI or empty,
 * [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors `MPI_Info_set` (MPI-4.0, chapter 10).
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_info_update (MpiInfo *self, GVariant *entries, GError **error)
{
  g_autoptr (GVariant) owned = NULL;
  GVariantIter iter;
  const gchar *key;
  const gchar *value;

  g_return_val_if_fail (entries != NULL, FALSE);
  INFO_ENTER (self, "MPI_Info_set", error, FALSE);

  owned = g_variant_ref_sink (entries);
  if (!g_variant_is_of_type (owned, G_VARIANT_TYPE ("a{ss}")))
    {
      ompi_obj_error_set (error, OMPI_OBJ_ERROR_TYPE, "MPI_Info_set", "the entries are of type '%s', not 'a{ss}'",
                          g_variant_get_type_string (owned));
      return FALSE;
    }

  g_variant_iter_init (&iter, owned);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    if (!info_check_entry (key, value, "MPI_Info_set", error))
      return FALSE;

  g_variant_iter_init (&iter, owned);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    if (!CHECK_MPI (error, MPI_Info_set, self->handle, key, value))
      return FALSE;
  return TRUE;
}

/**
 * ompi_obj_info_clear:
 * @self: an info
 * @error: return location for a #GError
 *
 * Removes all entries.
 *
 * Errors: [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors `MPI_Info_delete` (MPI-4.0, chapter 10), for each key.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
ompi_obj_info_clear (MpiInfo *self, GError **error)
{
  g_auto (GStrv) keys = NULL;

  INFO_ENTER (self, "MPI_Info_delete", error, FALSE);

  keys = ompi_obj_info_keys (self, error);
  if (keys == NULL)
    return FALSE;
  for (gsize i = 0; keys[i] != NULL; i++)
    if (!CHECK_MPI (error, MPI_Info_delete, self->handle, keys[i]))
      return FALSE;
  return TRUE;
}

/**
 * ompi_obj_info_to_hash_table:
 * @self: an info
 * @error: return location for a #GError
 *
 * Copies the entries into a hash table of strings.
 *
 * Errors: [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors `MPI_Info_get_nthkey` and `MPI_Info_get_string` (MPI-4.0, chapter 10).
 *
 * Returns: (transfer full) (element-type utf8 utf8): the values by their keys; %NULL on error
 *
 * Since: 1.0
 */
GHashTable *
ompi_obj_info_to_hash_table (MpiInfo *self, GError **error)
{
  g_autoptr (GHashTable) entries = NULL;
  g_auto (GStrv) keys = NULL;

  INFO_ENTER (self, "MPI_Info_get_string", error, NULL);

  keys = ompi_obj_info_keys (self, error);
  if (keys == NULL)
    return NULL;
  entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; keys[i] != NULL; i++)
    {
      char *value = NULL;

      if (!info_read (self, keys[i], &value, error))
        return NULL;
      if (value != NULL)
        g_hash_table_insert (entries, g_strdup (keys[i]), value);
    }
  return g_steal_pointer (&entries);
}

static int
compare_keys (gconstpointer first, gconstpointer second)
{
  return strcmp (*(const char *const *) first, *(const char *const *) second);
}

/**
 * ompi_obj_info_to_variant:
 * @self: an info
 * @error: return location for a #GError
 *
 * Copies the entries into a dictionary of strings, ordered by their keys: infos with the same entries
 * give equal values.
 *
 * Errors: [error@Mpi.Error.info] if @self was freed.
 *
 * Mirrors `MPI_Info_get_nthkey` and `MPI_Info_get_string` (MPI-4.0, chapter 10).
 *
 * Returns: (transfer full): a value of type `a{ss}`; %NULL on error
 *
 * Since: 1.0
 */
GVariant *
ompi_obj_info_to_variant (MpiInfo *self, GError **error)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_auto (GStrv) keys = NULL;

  INFO_ENTER (self, "MPI_Info_get_string", error, NULL);

  keys = ompi_obj_info_keys (self, error);
  if (keys == NULL)
    return NULL;
  qsort (keys, g_strv_length (keys), sizeof *keys, compare_keys);
  for (gsize i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = NULL;

      if (!info_read (self, keys[i], &value, error))
        return NULL;
      if (value != NULL)
        {
          /* The library sets UTF-8 only, but an info can come from elsewhere. */
          g_autofree char *valid_key = g_utf8_make_valid (keys[i], -1);
          g_autofree char *valid_value = g_utf8_make_valid (value, -1);

          g_variant_builder_add (&builder, "{ss}", valid_key, valid_value);
        }
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/**
 * ompi_obj_info_new_for_native: (skip)
 * @native: a raw handle
 * @ownership: who frees @native
 *
 * Makes an object for a raw MPI handle, `MPI_INFO_ENV` for example.
 *
 * Returns: (transfer full): a new info
 *
 * Since: 1.0
 */
MpiInfo *
ompi_obj_info_new_for_native (MPI_Info native, MpiOwnership ownership)
{
  MpiInfo *self = g_object_new (OMPI_OBJ_TYPE_INFO, NULL);

  self->handle = native;
  self->ownership = ownership;
  return self;
}

/**
 * ompi_obj_info_get_native: (skip)
 * @self: an info
 *
 * Gets the raw MPI handle.
 *
 * Returns: (transfer none): the handle, still of @self; `MPI_INFO_NULL` if it was freed
 *
 * Since: 1.0
 */
MPI_Info
ompi_obj_info_get_native (MpiInfo *self)
{
  g_return_val_if_fail (OMPI_OBJ_IS_INFO (self), MPI_INFO_NULL);

  return self->handle;
}
