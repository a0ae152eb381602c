-- What differs between engines, under one name for all of them. plus_dagen(d, n): n days after d. deel(c, n, l): the part
-- of c eurocents that the first n of l days take, cumulative rounding, sign kept (methods 3); of no days nothing can be said. id_tekst(p, k):
-- a key as text; -1 is a person without a household. array_join and the bitwise functions: as Trino calls them. concat, greatest
-- and least are NULL where an argument is, as on Trino; DuckDB's own pass over it.
create macro plus_dagen(d, n) as cast(d + cast(n as integer) as date);
create macro deel(c, n, l) as sign(c) * ((abs(c) * n) // l);
create macro id_tekst(p, k) as case when k = -1 then 'onbekend' else p || '-' || lpad(lower(to_hex(k)), 16, '0') end;
create macro array_join(a, s) as array_to_string(a, s);
create macro bitwise_and(a, b) as a & b;
create macro bitwise_or(a, b) as a | b;
create macro bitwise_not(a) as ~a;
create macro bitwise_and_agg(x) as bit_and(x);
create macro bitwise_or_agg(x) as bit_or(x);
create macro greatest
  (a, b) as case when a is not null and b is not null then system.main.greatest(a, b) end,
  (a, b, c) as case when a is not null and b is not null and c is not null then system.main.greatest(a, b, c) end,
  (a, b, c, d) as case when a is not null and b is not null and c is not null and d is not null then system.main.greatest(a, b, c, d) end;
create macro least
  (a, b) as case when a is not null and b is not null then system.main.least(a, b) end,
  (a, b, c) as case when a is not null and b is not null and c is not null then system.main.least(a, b, c) end,
  (a, b, c, d) as case when a is not null and b is not null and c is not null and d is not null then system.main.least(a, b, c, d) end;
create macro concat
  (a, b) as a || b,
  (a, b, c) as a || b || c,
  (a, b, c, d) as a || b || c || d,
  (a, b, c, d, e) as a || b || c || d || e,
  (a, b, c, d, e, f) as a || b || c || d || e || f,
  (a, b, c, d, e, f, g) as a || b || c || d || e || f || g,
  (a, b, c, d, e, f, g, h) as a || b || c || d || e || f || g || h,
  (a, b, c, d, e, f, g, h, i) as a || b || c || d || e || f || g || h || i,
  (a, b, c, d, e, f, g, h, i, j) as a || b || c || d || e || f || g || h || i || j,
  (a, b, c, d, e, f, g, h, i, j, k) as a || b || c || d || e || f || g || h || i || j || k,
  (a, b, c, d, e, f, g, h, i, j, k, l) as a || b || c || d || e || f || g || h || i || j || k || l,
  (a, b, c, d, e, f, g, h, i, j, k, l, m) as a || b || c || d || e || f || g || h || i || j || k || l || m,
  (a, b, c, d, e, f, g, h, i, j, k, l, m, n) as a || b || c || d || e || f || g || h || i || j || k || l || m || n,
  (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o) as a || b || c || d || e || f || g || h || i || j || k || l || m || n || o,
  (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) as a || b || c || d || e || f || g || h || i || j || k || l || m || n || o || p;
