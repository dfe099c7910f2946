-- SPDX-License-Identifier: LGPL-2.1-or-later

-- A vector that is spread over the ranks: buffers of numbers, collectives, messages, and a file that all ranks write.
--
--     mpirun -n 4 lua5.3 vector.lua FILE

local lgi = require 'lgi'
local GLib = lgi.GLib
local Mpi = lgi.require('Mpi', '1.0')

if #arg ~= 1 then
  io.stderr:write('usage: vector.lua FILE\n')
  os.exit(2)
end

local DOUBLE = Mpi.Datatype.get_predefined('DOUBLE')
local SUM, MAX = Mpi.Op.get_predefined('SUM'), Mpi.Op.get_predefined('MAX')
local N = 1000

local world = Mpi.Comm.world()
local rank, size = world.rank, world.size
local following, previous = (rank + 1) % size, (rank + size - 1) % size

local function element(k) return k * k % 97 end

-- Each rank makes its part. Lua's tables are no memory that MPI could take; a value is.
local numbers, sum, most = {}, 0, 0
for i = 1, N do
  local x = element(rank * N + i - 1)
  numbers[i], sum, most = x, sum + x, math.max(most, x)
end
local part = assert(Mpi.Buffer.new_for_variant(GLib.Variant('ad', numbers)))

-- Numbers are combined as they lie in memory, or as values. What fails gives nil or false and the error.
local total = assert(Mpi.Buffer.new_for_elements(1, DOUBLE))
assert(world:allreduce(Mpi.Buffer.new_for_variant(GLib.Variant('ad', { sum })), total, SUM))
local largest = assert(world:allreduce_variant(GLib.Variant('d', most), MAX)).value
if rank == 0 then
  print(string.format('mean %.3f, largest %d', total:to_variant()[1] / (N * size), largest))
end

-- A message to the next rank.
local request = assert(world:irecv_variant(previous, 0))
assert(world:send_variant(GLib.Variant('d', numbers[N]), following, 0))
local edge = assert(request:wait_variant()).value

-- All write their parts to one file, and each reads that of the next rank.
local file = assert(Mpi.File.open(world, arg[1], { 'CREATE', 'RDWR' }, nil))
local theirs = assert(Mpi.Buffer.new_for_elements(N, DOUBLE))
assert(file:set_view(0, DOUBLE, DOUBLE, 'native', nil))
assert(file:write_at_all(rank * N, part))
assert(file:sync())
assert(world:barrier())
assert(file:sync())
assert(file:read_at_all(following * N, theirs))
assert(file:close())

local is_right = edge == element((previous + 1) * N - 1)
local read = theirs:to_variant()
for i = 1, N do
  is_right = is_right and read[i] == element(following * N + i - 1)
end
local n_right = assert(world:allreduce_variant(GLib.Variant('i', is_right and 1 or 0), SUM)).value
if rank == 0 then
  print(string.format('%d of %d ranks read what the next one wrote', n_right, size))
end
