/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Files for tests: a directory that all ranks share and that goes away again, and what every way of data access has to
 * do, checked without MPI.
 */
#include "harness.h"
#include "messages.h"

typedef struct
{
  MpiComm *comm;
  gchar *path;
} TestDirectory;

void test_directory_init (TestDirectory *self, MpiComm *comm);
void test_directory_clear (TestDirectory *self);
gchar *test_directory_build (const TestDirectory *self, const gchar *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestDirectory, test_directory_clear)

/* All bytes of a file of the directory, and a whole file; on one rank and without MPI. */
GBytes *test_directory_read (const TestDirectory *self, const gchar *name);
void test_directory_write (const TestDirectory *self, const gchar *name, gconstpointer bytes, gsize n_bytes);

/* Opens a file of the directory to be read and written, and makes it. */
MpiFile *test_directory_open (const TestDirectory *self, const gchar *name);

typedef enum
{
  PLACE_OFFSET,
  PLACE_INDIVIDUAL,
  PLACE_SHARED, /* ranks in turn */
  PLACE_ORDERED
} Place;

typedef gboolean (*Transfer) (MpiFile *file, gint64 offset, const MpiBuffer *buffer, MpiStatus *status, GError **error);

/* A way of data access: the transfers take an offset, and pass over it where they have none. */
typedef struct
{
  Place place;
  Transfer write;
  Transfer read;
} FileForm;

void check_form_over_whole_file (const TestDirectory *directory, const FileForm *form);
void check_form_over_interleaved_views (const TestDirectory *directory, const FileForm *form);
void check_form_of_derived_elements (const TestDirectory *directory, const FileForm *form);
void check_form_with_empty_buffers (const TestDirectory *directory, const FileForm *form);
void check_form_of_external32 (const TestDirectory *directory, const FileForm *form);

/* Whether the files are MPICH's. */
gboolean is_romio (void);
