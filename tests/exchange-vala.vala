// SPDX-License-Identifier: LGPL-2.1-or-later

// Ranks exchange buffers and values from Vala. Prints TAP on rank 0.

class CountingComm : Mpi.Intracomm {
	public int n_sent;

	public CountingComm (Mpi.Comm wrapped) {
		Object (wraps: wrapped);
	}

	public override bool send_with_mode (Mpi.SendMode mode, Mpi.Buffer buffer, int dest, int tag) throws GLib.Error {
		n_sent++;
		return base.send_with_mode (mode, buffer, dest, tag);
	}
}

// A place in the ring of all ranks.
struct Place {
	int rank;
	int size;
	int next;
	int previous;
}

unowned Mpi.Datatype real () {
	return Mpi.Datatype.get_predefined (Mpi.PredefinedDatatype.DOUBLE);
}

Mpi.Buffer reals (double[] numbers) {
	return new Mpi.Buffer.for_address ((uintptr) numbers, numbers.length, real ());
}

unowned Mpi.Op sum () {
	return Mpi.Op.get_predefined (Mpi.PredefinedOp.SUM);
}

void values_travel (Mpi.Comm world, Place place) throws GLib.Error {
	Mpi.Status status;
	var received = world.sendrecv_variant (new Variant ("(is)", place.rank, "héllo"), place.next, 3, place.previous, 3, out status);

	assert (received.get_child_value (0).get_int32 () == place.previous);
	assert (received.get_child_value (1).get_string () == "héllo");
	assert (status.get_source () == place.previous && status.get_tag () == 3);
}

void values_are_collected (Mpi.Comm world, Place place) throws GLib.Error {
	var value = world.bcast_variant (place.rank == 0 ? new Variant.strv ({ "a", "b" }) : null, 0);
	assert (value.n_children () == 2);

	var rows = world.gather_variant (new Variant.int32 (place.rank), 0);
	assert (rows.length == (place.rank == 0 ? place.size : 0));
	rows = world.allgather_variant (new Variant.int32 (place.rank));
	for (int i = 0; i < place.size; i++)
		assert (rows[i].get_int32 () == i);

	Variant[] parts = {};
	for (int i = 0; i < place.size; i++)
		parts += new Variant.int32 (100 * place.rank + i);
	rows = world.alltoall_variant (parts);
	for (int i = 0; i < place.size; i++)
		assert (rows[i].get_int32 () == 100 * i + place.rank);
	Variant[]? scattered = null;
	if (place.rank == 0)
		scattered = parts;
	assert (world.scatter_variant (scattered, 0).get_int32 () == place.rank);

	assert (world.allreduce_variant (new Variant.int32 (place.rank), sum ()).get_int32 () == place.size * (place.size - 1) / 2);
	assert (((Mpi.Intracomm) world).scan_variant (new Variant.int32 (1), sum ()).get_int32 () == place.rank + 1);
	int64[] counts;
	var all = world.allgather_array (new Variant.array (VariantType.INT32, { new Variant.int32 (place.rank) }), out counts);
	assert (all.n_children () == place.size && counts.length == place.size && counts[0] == 1);
}

void buffers_travel (Mpi.Comm world, Place place) throws GLib.Error {
	double[] sent = { place.rank, 2.5 };
	var received = new double[2];
	Mpi.Status status;

	world.sendrecv (reals (sent), place.next, 4, reals (received), place.previous, 4, out status);
	assert (received[0] == place.previous && received[1] == 2.5);
	assert (status.get_count (real ()) == 2);

	var buffer = new Mpi.Buffer.for_elements (2, real ());
	var request = world.irecv (buffer, place.previous, 5);
	world.send (reals (sent), place.next, 5);
	request.wait (null);
	assert (buffer.to_variant ().get_child_value (0).get_double () == place.previous);
	assert (buffer.get_part (1, 1).to_variant ().get_child_value (0).get_double () == 2.5);
}

void buffers_are_collected (Mpi.Comm world, Place place) throws GLib.Error {
	double[] mine = { place.rank, 1 };
	var total = new double[2];
	var all = new double[2 * place.size];

	world.allreduce (reals (mine), reals (total), sum ());
	assert (total[0] == place.size * (place.size - 1) / 2 && total[1] == place.size);
	world.allreduce (Mpi.Buffer.in_place (), reals (mine), sum ());
	assert (mine[0] == total[0]);
	world.allgather (reals (mine), reals (all));
	assert (all[2 * place.size - 1] == place.size);

	int64[] counts = {};
	for (int i = 0; i < place.size; i++)
		counts += 2;
	all = new double[2 * place.size];
	world.allgatherv (reals (mine), new Mpi.Blocks (reals (all), counts));
	assert (all[2 * place.size - 2] == total[0]);
}

void requests_are_waited_for (Mpi.Comm world, Place place) throws GLib.Error {
	var receive = world.irecv_variant (place.previous, 6);
	var send = world.isend_variant (new Variant.string ("later"), place.next, 6);
	Mpi.Status status;

	assert (receive.wait_variant (out status).get_string () == "later");
	assert (status.get_source () == place.previous);
	Mpi.Request.wait_all ({ send, receive });
	assert (!send.is_active ());

	var gather = world.iallgather_variant (new Variant.int32 (place.rank));
	gather.wait (null);
	assert (gather.get_variants ()[place.size - 1].get_int32 () == place.size - 1);
}

void an_overridden_method_sees_values (Mpi.Comm world, Place place) throws GLib.Error {
	var comm = new CountingComm (world);
	var receive = comm.irecv_variant (place.previous, 0);

	comm.send_variant (new Variant.boolean (true), place.next, 0);
	assert (comm.n_sent == 1);
	assert (receive.wait_variant (null).get_boolean ());
}

void a_function_reduces_buffers (Mpi.Comm world, Place place) throws GLib.Error {
	int n_calls = 0;
	double[] mine = { 1, 10 };
	double[] result = { 1, 1 };
	var op = new Mpi.Op ((a, b) => {
		var x = (double*) a.address;
		var y = (double*) b.address;

		assert (a.datatype == real ());
		n_calls++;
		for (int64 i = 0; i < b.count; i++)
			y[i] += 10 * x[i];
	}, false);

	op.reduce_local (reals (mine), reals (result));
	assert (result[0] == 11 && result[1] == 101 && n_calls == 1);
	world.allreduce (reals (mine), reals (result), op);
	assert (place.size > 2 || result[0] == 11);
	assert (!op.is_commutative ());
}

void a_function_combines_values (Mpi.Comm world, Place place) throws GLib.Error {
	var separator = ", ";
	var op = new Mpi.Op.for_variants ((a, b) => {
		return b.get_string () == "" ? null : new Variant.string (a.get_string () + separator + b.get_string ());
	}, false);

	assert (op.combine_variants (new Variant.string ("a"), new Variant.string ("b")).get_string () == "a, b");
	assert (world.allreduce_variant (new Variant.string (place.rank.to_string ()), op).get_string ().has_prefix ("0, 1"));
	assert (Mpi.Op.get_predefined (Mpi.PredefinedOp.MAX).combine_variants (new Variant.int32 (3), new Variant.int32 (4)).get_int32 () == 4);
	try {
		op.combine_variants (new Variant.string ("a"), new Variant.string (""));
	} catch (Mpi.Error.FAILED error) {
		return;
	}
	assert_not_reached ();
}

void a_grid_knows_its_neighbours (Mpi.Comm world, Place place) throws GLib.Error {
	var grid = ((Mpi.Intracomm) world).create_cart ({ place.size }, { true }, false);
	int[] dims;
	bool[] periods;
	int[] coords;
	Mpi.CartShift shift;

	grid.get_topo (out dims, out periods, out coords);
	// The three arrays share one length, which Vala gives to the last of them.
	assert (coords.length == 1 && dims[0] == place.size && periods[0] && coords[0] == place.rank);
	grid.shift (0, 1, out shift);
	assert (shift.source == place.previous && shift.dest == place.next);
	assert (grid.neighbor_allgather_variant (new Variant.int32 (place.rank))[1].get_int32 () == place.next);
}

void arrays_have_one_length (Mpi.Comm world, Place place) throws GLib.Error {
	assert (new Mpi.Datatype.indexed ({ 1, 1 }, { 0, 2 }, real ()).get_size () == 16);
	assert (((Mpi.Intracomm) world).create_cart ({ place.size, 1 }, null, false).get_dim () == 2);
	try {
		((Mpi.Intracomm) world).create_cart ({ place.size, 1 }, { true }, false);
	} catch (Mpi.Error.ARG error) {
		assert ("the length of periods is 1, but that of dims is 2" in error.message);
		return;
	}
	assert_not_reached ();
}

void files_are_shared (Mpi.Comm world, Place place) throws GLib.Error {
	var name = Path.build_filename (Environment.get_tmp_dir (), "ompi_obj-" + Uuid.string_random ());
	var path = world.bcast_variant (place.rank == 0 ? new Variant.string (name) : null, 0).get_string ();
	var file = new Mpi.File.open (world, path, Mpi.FileMode.CREATE | Mpi.FileMode.RDWR | Mpi.FileMode.DELETE_ON_CLOSE, null);
	double[] mine = { place.rank };
	double[] theirs = { -1 };
	Mpi.Status status;

	file.set_view (0, real (), real (), "native", null);
	file.write_at_all (place.rank, reals (mine), out status);
	assert (status.get_count (real ()) == 1);
	file.sync ();
	world.barrier ();
	file.sync ();
	assert (file.get_size () == 8 * place.size);
	file.read_at_all (place.next, reals (theirs), null);
	assert (theirs[0] == place.next);
	file.close ();
	try {
		new Mpi.File.open (world, "/nowhere/at/all", Mpi.FileMode.RDONLY, null);
	} catch (Mpi.Error.NO_SUCH_FILE error) {
		return;
	}
	assert_not_reached ();
}

void there_is_what_is_said (Mpi.Comm world, Place place) throws GLib.Error {
	assert (Mpi.has_feature (Mpi.Feature.LARGE_COUNT) == (Mpi.check_feature (Mpi.Feature.LARGE_COUNT) == null));
	assert (Mpi.get_limit (Mpi.Limit.TAG) == world.get_tag_ub ());
}

void a_wrong_rank_is_an_error (Mpi.Comm world, Place place) throws GLib.Error {
	try {
		world.send_variant (new Variant.boolean (true), 99, 0);
	} catch (Mpi.Error.RANK error) {
		assert ("dest is 99" in error.message);
		return;
	}
	assert_not_reached ();
}

delegate void Case (Mpi.Comm world, Place place) throws GLib.Error;

struct NamedCase {
	string name;
	unowned Case body;
}

// With the argument "fail" it ends with an error, as test-languages.sh wants it to.
int main (string[] args) {
	NamedCase[] cases = {
		{ "values travel", values_travel },
		{ "values are collected", values_are_collected },
		{ "buffers travel", buffers_travel },
		{ "buffers are collected", buffers_are_collected },
		{ "requests are waited for", requests_are_waited_for },
		{ "an overridden method sees values", an_overridden_method_sees_values },
		{ "a function reduces buffers", a_function_reduces_buffers },
		{ "a function combines values", a_function_combines_values },
		{ "a grid knows its neighbours", a_grid_knows_its_neighbours },
		{ "arrays have one length", arrays_have_one_length },
		{ "files are shared", files_are_shared },
		{ "there is what is said", there_is_what_is_said },
		{ "a wrong rank is an error", a_wrong_rank_is_an_error }
	};
	unowned var world = Mpi.Comm.world ();
	int rank = world.get_rank ();
	int size = world.get_size ();
	var place = Place () { rank = rank, size = size, next = (rank + 1) % size, previous = (rank + size - 1) % size };

	if (args.length > 1) {
		printerr ("this is how it ends\n");
		return 1;
	}
	if (rank == 0)
		print ("1..%d\n", cases.length);
	for (int i = 0; i < cases.length; i++) {
		try {
			cases[i].body (world, place);
			world.barrier ();
		} catch (GLib.Error error) {
			print ("not ok %d - %s: %s\n", i + 1, cases[i].name, error.message);
			world.abort (1);
		}
		if (rank == 0)
			print ("ok %d - %s\n", i + 1, cases[i].name);
	}
	return 0;
}
