#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Counts words as examples/wordcount --all does, with ordinary tools: the tests compare the two.
#
#     wordcount-reference.sh FILE...
#
# A word is a letter or digit and all letters, digits and combining marks that follow it. Each upper-
# and titlecase letter is lowered by itself; where that gives more than one character (U+0130, I with
# a dot above), the first counts.
set -eu

perl -CSD -Mfeature=unicode_strings -ne '
  while (/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/g)
    {
      my $word = $&;
      $word =~ s/[\p{Lu}\p{Lt}]/substr (lc $&, 0, 1)/ge;
      print "$word\n";
    }' -- "$@" |
  LC_ALL=C sort | LC_ALL=C uniq -c | LC_ALL=C sort -k1,1nr -k2,2 | sed 's/^ *//'
