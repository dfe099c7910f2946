/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Subclasses of a communicator for tests. */

#include <ompi_obj/ompi_obj.h>

/* A program's own class. */

#define OWN_TYPE_COMM (own_comm_get_type ())
G_DECLARE_FINAL_TYPE (OwnComm, own_comm, OWN, COMM, MpiIntracomm)

struct _OwnComm
{
  MpiIntracomm parent_instance;
};

G_DEFINE_FINAL_TYPE (OwnComm, own_comm, OMPI_OBJ_TYPE_INTRACOMM)

static void
own_comm_class_init (G_GNUC_UNUSED OwnCommClass *klass)
{
}

static void
own_comm_init (G_GNUC_UNUSED OwnComm *self)
{
}

/* One whose methods fail without a word, as those of a binding do after an exception. */

#define SILENT_TYPE_COMM (silent_comm_get_type ())
G_DECLARE_FINAL_TYPE (SilentComm, silent_comm, SILENT, COMM, MpiIntracomm)

struct _SilentComm
{
  MpiIntracomm parent_instance;
};

G_DEFINE_FINAL_TYPE (SilentComm, silent_comm, OMPI_OBJ_TYPE_INTRACOMM)

static gboolean
silent_barrier (G_GNUC_UNUSED MpiComm *comm, G_GNUC_UNUSED GError **error)
{
  return FALSE;
}

static gboolean
silent_send (G_GNUC_UNUSED MpiComm *comm,
             G_GNUC_UNUSED MpiSendMode mode,
             G_GNUC_UNUSED const MpiBuffer *buffer,
             G_GNUC_UNUSED gint dest,
             G_GNUC_UNUSED gint tag,
             G_GNUC_UNUSED GError **error)
{
  return FALSE;
}

static MpiComm *
silent_dup (G_GNUC_UNUSED MpiComm *comm, G_GNUC_UNUSED GError **error)
{
  return NULL;
}

static MpiComm *
silent_dup_with_info (G_GNUC_UNUSED MpiComm *comm, G_GNUC_UNUSED MpiInfo *info, G_GNUC_UNUSED GError **error)
{
  return NULL;
}

static MpiRequest *
silent_idup (G_GNUC_UNUSED MpiComm *comm, MpiComm **copy, G_GNUC_UNUSED GError **error)
{
  *copy = g_object_ref (ompi_obj_comm_self ());
  return NULL;
}

static MpiComm *
silent_split (G_GNUC_UNUSED MpiComm *comm,
              G_GNUC_UNUSED gint color,
              G_GNUC_UNUSED gint key,
              G_GNUC_UNUSED GError **error)
{
  return NULL;
}

static gboolean
silent_disconnect_peers (G_GNUC_UNUSED MpiComm *comm, G_GNUC_UNUSED GError **error)
{
  return FALSE;
}

static void
silent_comm_class_init (SilentCommClass *klass)
{
  MpiCommClass *comm_class = OMPI_OBJ_COMM_CLASS (klass);

  comm_class->barrier = silent_barrier;
  comm_class->send = silent_send;
  comm_class->dup = silent_dup;
  comm_class->dup_with_info = silent_dup_with_info;
  comm_class->idup = silent_idup;
  comm_class->split = silent_split;
  comm_class->disconnect_peers = silent_disconnect_peers;
}

static void
silent_comm_init (G_GNUC_UNUSED SilentComm *self)
{
}
