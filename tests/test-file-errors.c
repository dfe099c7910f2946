#include "files.h"
int
main (int argc, char **argv)
{
  harness_init (argc, argv, "x");
  return harness_run ();
}
