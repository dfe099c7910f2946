// SPDX-License-Identifier: LGPL-2.1-or-later

// Counts prime numbers together with ranks in other languages; see primes.c, and "run" beside it.

bool is_prime (uint n) {
	for (uint i = 2; i <= n / i; i++)
		if (n % i == 0)
			return false;
	return n >= 2;
}

void count (uint limit) throws GLib.Error {
	unowned var world = Mpi.Comm.world ();
	int rank = world.get_rank ();
	int size = world.get_size ();

	// Rank 0 says up to where.
	uint task = world.bcast_variant (rank == 0 ? new Variant.uint32 (limit) : null, 0).get_uint32 ();
	uint found = 0;
	for (uint n = rank; n < task; n += size)
		if (is_prime (n))
			found++;

	var row = new VariantDict ();
	row.insert ("language", "s", "Vala");
	row.insert ("primes", "u", found);
	var rows = world.gather_variant (row.end (), 0);
	var total = world.allreduce_variant (new Variant.uint32 (found), Mpi.Op.get_predefined (Mpi.PredefinedOp.SUM));
	foreach (var other in rows) // none but at rank 0
		print ("%s found %u\n", other.lookup_value ("language", null).get_string (), other.lookup_value ("primes", null).get_uint32 ());
	if (rank == 0)
		print ("%u primes below %u\n", total.get_uint32 (), task);

	// A letter goes from rank to rank, until it is back at rank 0.
	int previous = (rank + size - 1) % size;
	string[] letter = rank == 0 ? new string[0] : world.recv_variant (previous, 0, null).dup_strv ();
	letter += "rank %d is in Vala".printf (rank);
	var request = world.isend_variant (new Variant.strv (letter), (rank + 1) % size, 0);
	if (rank == 0)
		print ("%s\n", string.joinv ("\n", world.recv_variant (previous, 0, null).dup_strv ()));
	request.wait (null);
}

int main (string[] args) {
	try {
		count (args.length > 1 ? uint.parse (args[1]) : 10000);
	} catch (GLib.Error error) {
		printerr ("%s\n", error.message);
		return 1; // a rank that ends so ends the job
	}
	return 0;
}
