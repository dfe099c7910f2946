// SPDX-License-Identifier: LGPL-2.1-or-later

// Two ranks exchange buffers and values from Vala. Prints TAP on rank 0.

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

void values_travel (Mpi.Comm world, int other) throws GLib.Error {
	Mpi.Status status;
	var received = world.sendrecv_variant (new Variant ("(is)", world.get_rank (), "héllo"), other, 3, other, 3, out status);

	assert (received.get_child_value (0).get_int32 () == other);
	assert (received.get_child_value (1).get_string () == "héllo");
	assert (status.get_source () == other && status.get_tag () == 3);
}

void a_value_is_broadcast (Mpi.Comm world, int other) throws GLib.Error {
	var value = world.bcast_variant (world.get_rank () == 0 ? new Variant.strv ({ "a", "b" }) : null, 0);

	assert (value.n_children () == 2);
}

void buffers_travel (Mpi.Comm world, int other) throws GLib.Error {
	if (world.get_rank () == 0) {
		world.send (new Mpi.Buffer.for_variant (new Variant.int64 (77)), 1, 4);
	} else {
		var buffer = new Mpi.Buffer (8);

		world.recv (buffer, 0, 4, null);
		assert (*((int64*) buffer.get_bytes ().get_data ()) == 77);
	}
}

void an_overridden_method_sees_values (Mpi.Comm world, int other) throws GLib.Error {
	var comm = new CountingComm (world);

	if (world.get_rank () == 0) {
		comm.send_variant (new Variant.boolean (true), 1, 0);
		assert (comm.n_sent == 1);
	} else {
		assert (comm.recv_variant (0, 0, null).get_boolean ());
	}
}

unowned Mpi.Datatype real () {
	return Mpi.Datatype.get_predefined (Mpi.PredefinedDatatype.DOUBLE);
}

void a_function_reduces_buffers (Mpi.Comm world, int other) throws GLib.Error {
	int n_calls = 0;
	double[] mine = { world.get_rank () + 1, 10 * (world.get_rank () + 1) };
	double[] result = { 0, 0 };
	var op = new Mpi.Op ((a, b) => {
		var x = (double*) a.address;
		var y = (double*) b.address;

		assert (a.datatype == real ());
		n_calls++;
		for (int64 i = 0; i < b.count; i++)
			y[i] += 10 * x[i];
	}, false);

	world.allreduce (new Mpi.Buffer.for_address ((uintptr) mine, 2, real ()), new Mpi.Buffer.for_address ((uintptr) result, 2, real ()), op);
	assert (result[0] == 12 && result[1] == 120);
	op.reduce_local (new Mpi.Buffer.for_address ((uintptr) mine, 2, real ()), new Mpi.Buffer.for_address ((uintptr) result, 2, real ()));
	assert (result[0] == 12 + 10 * mine[0] && n_calls > 0);
	assert (!op.is_commutative ());
}

void a_function_combines_values (Mpi.Comm world, int other) throws GLib.Error {
	var separator = ", ";
	var op = new Mpi.Op.for_variants ((a, b) => {
		return b.get_string () == "" ? null : new Variant.string (a.get_string () + separator + b.get_string ());
	}, false);

	assert (op.combine_variants (new Variant.string ("a"), new Variant.string ("b")).get_string () == "a, b");
	assert (Mpi.Op.get_predefined (Mpi.PredefinedOp.MAX).combine_variants (new Variant.int32 (3), new Variant.int32 (4)).get_int32 () == 4);
	try {
		op.combine_variants (new Variant.string ("a"), new Variant.string (""));
	} catch (Mpi.Error.FAILED error) {
		return;
	}
	assert_not_reached ();
}

void a_wrong_rank_is_an_error (Mpi.Comm world, int other) throws GLib.Error {
	try {
		world.send_variant (new Variant.boolean (true), 99, 0);
	} catch (Mpi.Error.RANK error) {
		assert ("dest is 99" in error.message);
		return;
	}
	assert_not_reached ();
}

delegate void Case (Mpi.Comm world, int other) throws GLib.Error;

struct NamedCase {
	string name;
	unowned Case body;
}

int main () {
	NamedCase[] cases = {
		{ "values travel", values_travel },
		{ "a value is broadcast", a_value_is_broadcast },
		{ "buffers travel", buffers_travel },
		{ "an overridden method sees values", an_overridden_method_sees_values },
		{ "a function reduces buffers", a_function_reduces_buffers },
		{ "a function combines values", a_function_combines_values },
		{ "a wrong rank is an error", a_wrong_rank_is_an_error }
	};
	unowned var world = Mpi.Comm.world ();

	if (world.get_rank () == 0)
		print ("1..%d\n", cases.length);
	for (int i = 0; i < cases.length; i++) {
		try {
			cases[i].body (world, 1 - world.get_rank ());
			world.barrier ();
		} catch (GLib.Error error) {
			print ("not ok %d - %s: %s\n", i + 1, cases[i].name, error.message);
			world.abort (1);
		}
		if (world.get_rank () == 0)
			print ("ok %d - %s\n", i + 1, cases[i].name);
	}
	return 0;
}
