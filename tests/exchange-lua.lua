-- SPDX-License-Identifier: LGPL-2.1-or-later

-- Ranks exchange buffers and values from Lua (lgi), through introspection. Prints TAP on rank 0.

local lgi = require 'lgi'
local GLib = lgi.GLib
local Mpi = lgi.require('Mpi', '1.0')

local world = Mpi.Comm.world()
local rank, size = world.rank, world.size
local following, previous = (rank + 1) % size, (rank + size - 1) % size
local SUM = Mpi.Op.get_predefined('SUM')
local cases = {}

local function test(name, body)
  cases[#cases + 1] = { name = name, body = body }
end

-- Numbers are equal whether they are whole or not, lists if their elements are.
local function equal(a, b)
  if type(a) ~= 'table' or type(b) ~= 'table' then return a == b end
  for key, value in pairs(a) do
    if not equal(value, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

local function show(value)
  if type(value) ~= 'table' then return tostring(value):sub(1, 200) end
  local texts = {}
  for key, element in pairs(value) do
    texts[#texts + 1] = tostring(key) .. '=' .. show(element)
  end
  return '{' .. table.concat(texts, ', ') .. '}'
end

local function assert_equal(found, expected)
  if not equal(found, expected) then
    error('found ' .. show(found) .. ', expected ' .. show(expected), 2)
  end
end

-- Methods give nil or false and the error; constructors and the like, too.
local function assert_error(code, text, result, err)
  if result then error('no error', 2) end
  if not err or not err:matches(Mpi.Error, code) then error('another error: ' .. tostring(err), 2) end
  if not err.message:find(text, 1, true) then error('another text: ' .. err.message, 2) end
end

-- What is in a list of values, in Lua's terms.
local function unpacked(values)
  local result = {}
  for i, value in ipairs(values) do result[i] = value.value end
  return result
end

-- The elements of an array in a value.
local function elements(value)
  local result = {}
  for i = 1, #value do result[i] = value[i] end
  return result
end

local function numbers(first, last)
  local result = {}
  for i = first, last do result[#result + 1] = i end
  return result
end

local function reals(list)
  return assert(Mpi.Buffer.new_for_variant(GLib.Variant('ad', list)))
end

local function room(count, name)
  return assert(Mpi.Buffer.new_for_elements(count, Mpi.Datatype.get_predefined(name or 'DOUBLE')))
end

test('the world is an intracommunicator', function()
  assert(Mpi.Intracomm:is_type_of(world) and Mpi.Comm:is_type_of(world))
  assert_equal({ world:get_rank(), world:get_size() }, { rank, size })
end)

test('arrays of numbers travel', function()
  local received = room(3)
  assert(world:sendrecv(reals { rank, 0.5, -1e300 }, following, 1, received, previous, 1))
  assert_equal(elements(received:to_variant()), { previous, 0.5, -1e300 })
  assert(received:set_variant(GLib.Variant('ad', { 1, 2, 3 })))
  assert_equal(elements(received:to_variant()), { 1, 2, 3 })
  assert_error('TYPE', "'ai'", received:set_variant(GLib.Variant('ai', { 1, 2, 3 })))
end)

test('bytes travel', function()
  local text = string.rep('bl\195\165b\195\166r \0', 100)
  local request = assert(world:isend(Mpi.Buffer.new_for_bytes(GLib.Bytes(text)), following, 2))
  local status = world:probe(previous, 2)
  assert_equal({ status:get_source(), status:get_tag() }, { previous, 2 })
  local buffer = Mpi.Buffer.new(status:get_count(Mpi.Datatype.get_predefined('BYTE')))
  assert(world:recv(buffer, Mpi.ANY_SOURCE, Mpi.ANY_TAG))
  assert(request:wait())
  assert_equal(buffer:get_bytes().data, text)
end)

test('values travel', function()
  local value = GLib.Variant('a{sv}', {
    rank = GLib.Variant('i', rank),
    list = GLib.Variant('(sasb)', { '\195\169', { string.rep('x', 5000), '' }, true }),
  })
  local received, status = world:sendrecv_variant(value, following, 3, previous, 3)
  assert_equal(status:get_source(), previous)
  local content = received.value
  assert_equal(content.rank, previous)
  assert_equal(content.list[1], '\195\169')
  assert_equal(elements(content.list[2]), { string.rep('x', 5000), '' })
  assert_equal(content.list[3], true)
end)

test('collectives of values', function()
  local mine = GLib.Variant('(is)', { rank, string.rep('x', 3000 * rank) })
  local text = rank == size - 1 and GLib.Variant('s', 'to all') or nil
  assert_equal(world:bcast_variant(text, size - 1).value, 'to all')
  local gathered = world:gather_variant(mine, 0)
  assert_equal(#gathered, rank == 0 and size or 0)
  for i, value in ipairs(world:allgather_variant(mine)) do
    assert_equal({ value[1], #value[2] }, { i - 1, 3000 * (i - 1) })
  end
  local parts
  if rank == 0 then
    parts = {}
    for i = 1, size do parts[i] = GLib.Variant('u', i * i) end
  end
  assert_equal(world:scatter_variant(parts, 0).value, (rank + 1) ^ 2)
  local sent = {}
  for i = 1, size do sent[i] = GLib.Variant('(ii)', { rank, i }) end
  for i, value in ipairs(world:alltoall_variant(sent)) do
    assert_equal({ value[1], value[2] }, { i - 1, rank + 1 })
  end
  local total = world:allreduce_variant(GLib.Variant('(id)', { 1, 0.5 }), SUM)
  assert_equal({ total[1], total[2] }, { size, size / 2 })
  assert_equal(world:scan_variant(GLib.Variant('i', 5), SUM).value, 5 * (rank + 1))
  local array, counts = world:allgather_array(GLib.Variant('ai', numbers(1, rank)))
  assert_equal(#array, size * (size - 1) / 2)
  assert_equal(counts, numbers(0, size - 1))
  assert_error('ARG', 'no value', world:bcast_variant(nil, 0))
end)

test('collectives of buffers', function()
  local sum = room(2)
  assert(world:allreduce(reals { rank, 0.5 }, sum, SUM))
  assert_equal(elements(sum:to_variant()), { size * (size - 1) / 2, size / 2 })
  assert(world:allreduce(Mpi.Buffer.in_place(), sum, SUM))
  assert_equal(elements(sum:to_variant())[2], size * size / 2)
  local all = room(size, 'INT32_T')
  assert(world:allgather(Mpi.Buffer.new_for_variant(GLib.Variant('ai', { rank })), all))
  assert_equal(elements(all:to_variant()), numbers(0, size - 1))
  -- At the root alone there is somewhere to gather to.
  assert(world:gather(all:get_part(rank, 1), rank == 0 and room(size, 'INT32_T') or nil, 0))
  local counts = numbers(1, size)
  local mine, whole = room(rank + 1, 'INT32_T'), room(size * (size + 1) / 2, 'INT32_T')
  assert(mine:set_variant(GLib.Variant('ai', numbers(1, rank + 1))))
  assert(world:allgatherv(mine, Mpi.Blocks.new(whole, counts)))
  assert_equal(elements(whole:get_part(size * (size - 1) / 2, size):to_variant()), numbers(1, size))
end)

test('requests', function()
  local received = room(1)
  local requests = { world:irecv(received, previous, 4), world:isend(reals { rank }, following, 4) }
  assert(Mpi.Request.wait_all(requests))
  assert_equal(elements(received:to_variant()), { previous })
  local receive = world:irecv_variant(previous, 5)
  local send = world:isend_variant(GLib.Variant('s', 'from ' .. previous), following, 5)
  local value, status = receive:wait_variant()
  assert(send:wait())
  assert_equal({ value.value, status:get_source() }, { 'from ' .. (previous + size - 1) % size, previous })
  local gather = world:iallgather_variant(GLib.Variant('i', rank))
  assert(gather:wait())
  assert_equal(unpacked(gather:get_variants()), numbers(0, size - 1))
end)

test('a matched message is received later', function()
  local send = world:isend_variant(GLib.Variant('s', 'late'), following, 6)
  local message, status = world:mprobe(previous, 6)
  assert_equal(status:get_source(), previous)
  assert_equal(message:recv_variant().value, 'late')
  assert(send:wait())
  assert_equal(world:iprobe(previous, 1234), nil)
end)

local CountingComm = lgi.package('OmpiObjTest'):class('CountingComm', Mpi.Intracomm)

function CountingComm:do_send(mode, buffer, dest, tag)
  self.priv.n_sent = (self.priv.n_sent or 0) + 1
  self.priv.n_elements = buffer.count
  return Mpi.Intracomm.do_send(self, mode, buffer, dest, tag)
end

test('a subclass sees what passes through it', function()
  local comm = CountingComm { wraps = world }
  local receive = comm:irecv_variant(previous, 7)
  assert(comm:send_variant(GLib.Variant('s', 'seen'), following, 7))
  assert_equal(receive:wait_variant().value, 'seen')
  assert_equal(comm.priv.n_sent, 1)
  local buffer = room(10)
  local request = comm:irecv(buffer, previous, 8)
  assert(comm:send(room(10), following, 8))
  assert(request:wait())
  assert_equal({ comm.priv.n_sent, comm.priv.n_elements }, { 2, 10 })
  assert_equal(comm:dup().priv.n_sent, nil)
end)

test('functions reduce buffers', function()
  local op = Mpi.Op.new(function(a, b)
    local x, y = elements(a:to_variant()), elements(b:to_variant())
    for i = 1, #y do y[i] = math.max(x[i], y[i]) + 0.5 end
    assert(b:set_variant(GLib.Variant('ad', y)))
  end, true)
  local result = room(2)
  assert(op:reduce_local(reals { 3, 1 }, result))
  assert_equal(elements(result:to_variant()), { 3.5, 1.5 })
  assert(world:allreduce(reals { rank, -rank }, result, op))
  assert(elements(result:to_variant())[1] >= size - 0.5)
end)

test('functions combine values', function()
  local join = Mpi.Op.new_for_variants(function(a, b)
    return GLib.Variant('s', a.value .. b.value)
  end, false)
  local text = world:allreduce_variant(GLib.Variant('s', string.format('%d', rank)), join).value
  assert_equal(text, table.concat({ '0', '1', '2', '3', '4', '5', '6', '7' }, '', 1, size))
end)

test('functions are told of errors and attributes', function()
  local told, gone = 0, {}
  local copy = world:dup()
  copy:set_errhandler(Mpi.Errhandler.new(function(comm) told = told + comm.size end))
  copy:call_errhandler(5)
  assert_equal(told, size)
  local key = Mpi.Keyval.new('NONE')
  key:set_copy_func(function(_, _, value) return GLib.Variant('i', value.value + 1) end)
  key:set_delete_func(function(_, _, value) gone[#gone + 1] = value.value end)
  assert_equal(copy:get_attr(key), nil)
  assert(copy:set_attr(key, GLib.Variant('i', 4)))
  local second = copy:dup()
  assert_equal(second:get_attr(key).value, 5)
  assert(second:delete_attr(key))
  assert(copy:free())
  assert_equal(gone, { 5, 4 })
end)

test('datatypes', function()
  local number, real = Mpi.Datatype.get_predefined('INT32_T'), Mpi.Datatype.get_predefined('DOUBLE')
  local record = Mpi.Datatype.new_struct({ 1, 2 }, { 0, 8 }, { number, real })
  assert_equal({ record:get_extent() }, { 0, 24 })
  assert_equal(record:get_envelope(), 'STRUCT')
  assert(Mpi.Datatype.new_for_description(record:decode()):decode():equal(record:decode()))
  assert_error('ARG', 'lengths[1] is -2', Mpi.Datatype.new_indexed({ 1, -2 }, { 0, 8 }, number))
end)

test('groups and parts', function()
  local everybody = world:get_group()
  local turned = everybody:range_incl { size - 1, 0, -1 }
  assert_equal(turned:translate_ranks({ 0, size - 1 }, everybody), { size - 1, 0 })
  assert_equal(everybody:compare(turned), 'SIMILAR')
  assert_equal(world:split(Mpi.UNDEFINED, 0), nil)
  assert_equal(world:split(0, -rank).rank, size - 1 - rank)
  assert_error('RANK', 'ranks[1]', everybody:incl { 0, 0 })
end)

test('grids and graphs', function()
  local grid = assert(world:create_cart({ size, 1 }, { true, false }, false))
  assert(Mpi.Cartcomm:is_type_of(grid))
  assert_equal({ grid:get_topo() }, { { size, 1 }, { true, false }, { rank, 0 } })
  assert_equal(grid:get_coords(following), { following, 0 })
  assert_equal(grid:get_cart_rank { -1, 0 }, size - 1)
  local shift = grid:shift(0, 1)
  assert_equal({ shift.source, shift.dest }, { previous, following })
  assert_equal(Mpi.compute_dims(size, { 0, 1 }), { size, 1 })
  local graph = assert(world:create_dist_graph_adjacent({ previous }, { 3 }, { following }, { 4 }, nil, false))
  assert_equal({ graph:get_dist_neighbors() }, { { previous }, { 3 }, { following }, { 4 } })
  local heard = graph:neighbor_allgather_variant(GLib.Variant('i', rank))
  assert_equal(unpacked(heard), { previous })
end)

test('files', function()
  local name = GLib.build_filenamev { GLib.get_tmp_dir(), 'ompi_obj-' .. GLib.uuid_string_random() }
  local path = world:bcast_variant(rank == 0 and GLib.Variant('s', name) or nil, 0).value
  local file = assert(Mpi.File.open(world, path, { 'CREATE', 'RDWR', 'DELETE_ON_CLOSE' }, nil))
  local mine = reals { rank, rank + 0.5 }
  assert(file:set_view(0, mine.datatype, mine.datatype, 'native', nil))
  local status = assert(file:write_at_all(2 * rank, mine))
  assert_equal(status:get_count(mine.datatype), 2)
  assert(file:sync() and world:barrier() and file:sync())
  assert_equal(file:get_size(), 16 * size)
  local theirs = room(2)
  assert(file:read_at_all(2 * following, theirs))
  assert_equal(elements(theirs:to_variant()), { following, following + 0.5 })
  local request = assert(file:iread_at(2 * previous + 1, theirs:get_part(0, 1)))
  assert(request:wait())
  assert_equal(elements(theirs:to_variant())[1], previous + 0.5)
  assert(file:close())
  assert_error('FILE', 'closed', file:sync())
  assert_error('NO_SUCH_FILE', '/nowhere', Mpi.File.open(world, '/nowhere/at/all', 'RDONLY', nil))
end)

test('windows', function()
  local win = assert(Mpi.Win.allocate(8 * size, 8, nil, world))
  assert(win:fence('NONE'))
  assert(win:put(reals { rank + 1 }, Mpi.WinTarget.new(following, 0)))
  assert(win:fence('NONE'))
  local got = room(1)
  assert(win:get(got, Mpi.WinTarget.new(following, 0)))
  assert(win:fence('NONE'))
  assert_equal(elements(got:to_variant()), { rank + 1 })
  assert(win:free())
end)

test('what there is', function()
  assert(Mpi.get_version() >= 3 and #Mpi.get_library_version() > 0)
  assert_equal(Mpi.has_feature('LARGE_COUNT'), Mpi.get_version() >= 4)
  assert_equal(Mpi.check_feature('LARGE_COUNT') == nil, Mpi.get_version() >= 4)
  assert_equal(Mpi.get_limit('TAG'), world:get_tag_ub())
  assert_equal(Mpi.query_thread(), 'MULTIPLE')
end)

test('errors', function()
  assert_error('RANK', 'dest is 99', world:send_variant(GLib.Variant('i', 1), 99, 0))
  assert_error('TAG', 'tag is -7', world:send_variant(GLib.Variant('i', 1), following, -7))
  local comm = world:dup()
  assert(comm:free())
  assert_error('COMM', 'freed', comm:barrier())
  assert_equal(comm.size, -1)
end)

local failed = false
if rank == 0 then print('1..' .. #cases) end
for i, case in ipairs(cases) do
  local ok, message = xpcall(case.body, debug.traceback)
  if not ok then
    io.stderr:write(string.format('# rank %d: %s: %s\n', rank, case.name, tostring(message)))
  end
  -- A failure on any rank is one of the case.
  local n_failures = world:allreduce_variant(GLib.Variant('i', ok and 0 or 1), SUM).value
  failed = failed or n_failures > 0
  if rank == 0 then
    print(string.format('%s %d - %s', n_failures > 0 and 'not ok' or 'ok', i, case.name))
    io.stdout:flush()
  end
end
os.exit(failed and 1 or 0, true)
