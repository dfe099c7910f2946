// SPDX-License-Identifier: LGPL-2.1-or-later

// A vector that is spread over the ranks: buffers of numbers, collectives, messages, and a file that all ranks write.
//
//     valac --pkg ompi_obj-1.0 vector.vala && mpirun -n 4 ./vector FILE

const int N = 1000;

double element (int64 k) {
	return (double) (k * k % 97);
}

// A buffer of an array borrows its memory: the array must be kept as long as it is used.
Mpi.Buffer buffer_of (double[] numbers) {
	return new Mpi.Buffer.for_address ((uintptr) numbers, numbers.length, Mpi.Datatype.get_predefined (Mpi.PredefinedDatatype.DOUBLE));
}

void work (string path) throws GLib.Error {
	unowned var world = Mpi.Comm.world ();
	unowned var real = Mpi.Datatype.get_predefined (Mpi.PredefinedDatatype.DOUBLE);
	unowned var sum = Mpi.Op.get_predefined (Mpi.PredefinedOp.SUM);
	unowned var max = Mpi.Op.get_predefined (Mpi.PredefinedOp.MAX);
	int rank = world.get_rank ();
	int size = world.get_size ();
	int next = (rank + 1) % size;
	int previous = (rank + size - 1) % size;

	// Each rank makes its part.
	var part = new double[N];
	double[] mine = { 0 };
	double[] total = { 0 };
	double most = 0;
	for (int i = 0; i < N; i++) {
		part[i] = element (rank * N + i);
		mine[0] += part[i];
		most = double.max (most, part[i]);
	}

	// Numbers are combined as they lie in memory, or as values.
	world.allreduce (buffer_of (mine), buffer_of (total), sum);
	var largest = world.allreduce_variant (new Variant.double (most), max).get_double ();
	if (rank == 0)
		print ("mean %.3f, largest %g\n", total[0] / (N * size), largest);

	// A message to the next rank.
	var request = world.irecv_variant (previous, 0);
	world.send_variant (new Variant.double (part[N - 1]), next, 0);
	var edge = request.wait_variant (null).get_double ();

	// All write their parts to one file, and each reads that of the next rank.
	var file = new Mpi.File.open (world, path, Mpi.FileMode.CREATE | Mpi.FileMode.RDWR, null);
	var theirs = new double[N];
	file.set_view (0, real, real, "native", null);
	file.write_at_all (rank * N, buffer_of (part), null);
	file.sync ();
	world.barrier ();
	file.sync ();
	file.read_at_all (next * N, buffer_of (theirs), null);
	file.close ();

	bool is_right = edge == element ((previous + 1) * N - 1);
	for (int i = 0; i < N; i++)
		is_right = is_right && theirs[i] == element (next * N + i);
	var n_right = world.allreduce_variant (new Variant.int32 (is_right ? 1 : 0), sum).get_int32 ();
	if (rank == 0)
		print ("%d of %d ranks read what the next one wrote\n", n_right, size);
}

int main (string[] args) {
	if (args.length != 2) {
		printerr ("usage: vector FILE\n");
		return 2;
	}
	try {
		work (args[1]);
	} catch (GLib.Error error) {
		printerr ("%s\n", error.message);
		return 1; // a rank that ends so ends the job
	}
	return 0;
}
