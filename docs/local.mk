## Documents

EXTRA_DIST += docs/decisions.md docs/wire-format.md
