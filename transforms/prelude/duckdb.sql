-- What differs between engines, under one name for all of them. plus_dagen(d, n): n days after d. deel(c, n, l): the part
-- of c eurocents that the first n of l days take, cumulative rounding, sign kept (methods 3). id_tekst(p, k): a key as
-- text; -1 is a person without a household. array_join and the bitwise functions: as Trino calls them.
create macro plus_dagen(d, n) as cast(d + cast(n as integer) as date);
create macro deel(c, n, l) as sign(c) * ((abs(c) * n) // l);
create macro id_tekst(p, k) as case when k = -1 then 'onbekend' else concat(p, '-', lpad(lower(to_hex(k)), 16, '0')) end;
create macro array_join(a, s) as array_to_string(a, s);
create macro bitwise_and(a, b) as a & b;
create macro bitwise_or(a, b) as a | b;
create macro bitwise_not(a) as ~a;
create macro bitwise_and_agg(x) as bit_and(x);
create macro bitwise_or_agg(x) as bit_or(x);
