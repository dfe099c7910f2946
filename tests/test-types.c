/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Every type that the library exports, found by its list of symbols: introspection makes them all in a
 * process that does not run MPI, so neither a type nor its class may call it.
 */

#include "harness.h"

#include <dlfcn.h>

/* What was found before MPI was initialized. */
static GPtrArray *names;  /* of the functions */
static GArray *types;     /* 0: there is no such function */
static gboolean has_list; /* of symbols */
static int initialized;

static void
find_types (void)
{
  const gchar *directory = g_getenv ("srcdir");
  g_autofree gchar *path = g_build_filename (directory != NULL ? directory : ".", "src", "ompi_obj.symbols", NULL);
  g_autofree gchar *text = NULL;
  g_auto (GStrv) symbols = NULL;

  names = g_ptr_array_new_with_free_func (g_free);
  types = g_array_new (FALSE, FALSE, sizeof (GType));
  has_list = g_file_get_contents (path, &text, NULL, NULL);
  symbols = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (gsize i = 0; symbols[i] != NULL; i++)
    if (g_str_has_suffix (symbols[i], "_get_type"))
      {
        GType (*get_type) (void) = NULL;
        GType type;

        *(gpointer *) &get_type = dlsym (RTLD_DEFAULT, symbols[i]);
        type = get_type != NULL ? get_type () : 0;
        if (type != 0 && G_TYPE_IS_CLASSED (type))
          g_type_class_unref (g_type_class_ref (type));
        g_ptr_array_add (names, g_strdup (symbols[i]));
        g_array_append_val (types, type);
      }
  MPI_Initialized (&initialized);
}

MPI_TEST (types_need_no_mpi)
{
  if (!has_list)
    harness_skip ("src/ompi_obj.symbols is not in the directory srcdir");
  ck_assert (!initialized);
}

MPI_TEST (types_are_named_like_their_functions)
{
  for (guint i = 0; i < names->len; i++)
    {
      const gchar *name = names->pdata[i];
      GType type = g_array_index (types, GType, i);
      g_autoptr (GString) expected = g_string_new ("Mpi");
      const gchar *rest = name + strlen ("ompi_obj");
      const gchar *end = name + strlen (name) - strlen ("_get_type");

      ck_assert_msg (type != 0, "there is no %s()", name);
      for (; rest < end; rest++)
        if (*rest == '_')
          g_string_append_c (expected, g_ascii_toupper (*++rest));
        else
          g_string_append_c (expected, *rest);
      ck_assert_str_eq (g_type_name (type), expected->str);
      ck_assert (type == g_type_from_name (expected->str));
    }
}

/* The values of an enumeration have nicks of their own, by which bindings and GObject properties know them. */
MPI_TEST (enumerations_have_values)
{
  for (guint i = 0; i < types->len; i++)
    {
      GType type = g_array_index (types, GType, i);
      GEnumClass *enum_class;

      if (!G_TYPE_IS_ENUM (type))
        continue;
      enum_class = g_type_class_ref (type);
      ck_assert_uint_gt (enum_class->n_values, 0);
      for (guint j = 0; j < enum_class->n_values; j++)
        {
          const GEnumValue *value = &enum_class->values[j];

          ck_assert_ptr_eq (g_enum_get_value_by_nick (enum_class, value->value_nick), value);
          ck_assert_ptr_eq (g_enum_get_value (enum_class, value->value), value);
        }
      g_type_class_unref (enum_class);
    }
}

/* What a GValue of a boxed type does. */
MPI_TEST (boxed_values)
{
  g_autoptr (MpiBuffer) buffer = ompi_obj_buffer_new (8);
  g_autoptr (MpiStatus) status = ompi_obj_status_new ();
  GValue value = G_VALUE_INIT;
  MpiStatus *another;

  g_value_init (&value, OMPI_OBJ_TYPE_BUFFER);
  g_value_set_boxed (&value, buffer);
  ck_assert_ptr_eq (((MpiBuffer *) g_value_get_boxed (&value))->address, buffer->address);
  g_value_unset (&value);
  g_value_init (&value, OMPI_OBJ_TYPE_STATUS);
  g_value_set_boxed (&value, status);
  ck_assert_int_eq (ompi_obj_status_get_source (g_value_get_boxed (&value)), ompi_obj_status_get_source (status));
  g_value_unset (&value);

  another = ompi_obj_status_copy (status);
  ck_assert_int_eq (ompi_obj_status_get_tag (another), ompi_obj_status_get_tag (status));
  ompi_obj_status_free (another);
}

int
main (int argc, char **argv)
{
  int status;

  find_types ();
  harness_init (argc, argv, "types");
  harness_add (types_need_no_mpi, HARNESS_ONCE);
  harness_add (types_are_named_like_their_functions, HARNESS_ONCE);
  harness_add (enumerations_have_values, HARNESS_ONCE);
  harness_add (boxed_values, HARNESS_ONCE);
  status = harness_run ();
  g_ptr_array_unref (names);
  g_array_unref (types);
  return status;
}
