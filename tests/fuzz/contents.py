"""What the tables hold, in a form that can be compared."""


def contents(connection):
    """Of every table its name, its number of rows and a checksum of them."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("select oid::regclass::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1")
        tables = [row[0] for row in cursor.fetchall()]
        return cursor.execute(" union all ".join(
            f"select '{table}', count(*), md5(string_agg(md5(stored::text), '' order by md5(stored::text))) from {table} as stored"
            for table in tables)).fetchall()


def refusals(connection):
    """How many refused calls were ever written down."""
    return connection.execute("select coalesce(max(id), 0) from peer_exchange.refusals").fetchone()[0]
