-- SPDX-License-Identifier: LGPL-2.1-or-later

-- Counts prime numbers together with ranks in other languages; see primes.c, and "run" beside it.

local lgi = require 'lgi'
local GLib = lgi.GLib
local Mpi = lgi.require('Mpi', '1.0')

local function is_prime(n)
  for i = 2, math.floor(math.sqrt(n)) do
    if n % i == 0 then return false end
  end
  return n >= 2
end

-- A call that fails gives nil or false, and the error; "assert" makes it end the program, and so the job.
local world = Mpi.Comm.world()
local rank, size = world.rank, world.size
local limit = tonumber(arg[1] or 10000)

-- Rank 0 says up to where.
local task = assert(world:bcast_variant(rank == 0 and GLib.Variant('u', limit) or nil, 0)).value
local found = 0
for n = rank, task - 1, size do
  if is_prime(n) then found = found + 1 end
end

local rows = assert(world:gather_variant(GLib.Variant('a{sv}', {
  language = GLib.Variant('s', 'Lua'),
  primes = GLib.Variant('u', found),
}), 0))
local total = assert(world:allreduce_variant(GLib.Variant('u', found), Mpi.Op.get_predefined('SUM'))).value
for _, row in ipairs(rows) do -- none but at rank 0
  print(string.format('%s found %d', row.value.language, row.value.primes))
end
if rank == 0 then print(string.format('%d primes below %d', total, task)) end

-- A letter goes from rank to rank, until it is back at rank 0.
local previous = (rank + size - 1) % size
local lines = {}
local function receive()
  local letter = assert(world:recv_variant(previous, 0))
  for i = 1, #letter do lines[i] = letter[i] end
end
if rank > 0 then receive() end
lines[#lines + 1] = string.format('rank %d is in Lua', rank)
local request = assert(world:isend_variant(GLib.Variant('as', lines), (rank + 1) % size, 0))
if rank == 0 then
  receive()
  print(table.concat(lines, '\n'))
end
assert(request:wait())
