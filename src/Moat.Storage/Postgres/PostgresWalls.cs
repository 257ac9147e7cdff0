using System.Text.RegularExpressions;

namespace Moat.Storage.Postgres;

/// <summary>
/// The triggers, functions, rules and row-level security of a PostgreSQL database. What the migrations make is read out
/// of them: a user who serves may make no database to try them in.
/// </summary>
internal static partial class PostgresWalls
{
    private const string Tenant =
        "organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid) "
        + "OR (SELECT current_setting('moat.organization', true) = '*')";

    private const string OwnAccount = "user_id = (SELECT nullif(current_setting('moat.account', true), '')::uuid)";
    private const string On = "on";

    /// <summary>
    /// Asks for all of them. Tables that belong to an organisation are known by the column that says to which.
    /// </summary>
    public const string Query = """
        SELECT 'the trigger ' || t.tgname || ' on ' || c.relname,
            CASE WHEN t.tgenabled = 'O' THEN pg_get_triggerdef(t.oid) ELSE 'switched off' END
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
        UNION ALL
        SELECT 'the function ' || p.proname, p.prosrc FROM pg_proc p
        WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        UNION ALL
        SELECT 'the rule ' || r.rulename || ' on ' || r.tablename, r.definition FROM pg_rules r WHERE r.schemaname = current_schema()
        UNION ALL
        SELECT 'row-level security of ' || c.relname,
            CASE WHEN c.relrowsecurity AND c.relforcerowsecurity THEN 'on' WHEN c.relrowsecurity THEN 'not forced' ELSE 'off' END
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        UNION ALL
        SELECT 'the policy ' || p.polname || ' on ' || c.relname,
            CASE WHEN p.polpermissive THEN '' ELSE 'restrictive ' END || p.polcmd::text || ' ' || p.polroles::text || ' '
            || coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(' check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')
        FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = current_schema()::regnamespace
        """;

    /// <summary>What is missing, other or added, in sentences.</summary>
    public static IEnumerable<string> Differences(IReadOnlyList<Wall> stored)
    {
        const string Security = "row-level security of ";
        var tables = stored
            .Where(w => w.Name.StartsWith(Security, StringComparison.Ordinal))
            .Select(w => w.Name[Security.Length..])
            .ToList();
        var scripts = string.Join('\n', MigrationFiles.Of("Postgres").Select(s => s.Contents));
        List<Wall> made =
        [
            .. Triggers()
                .Matches(scripts)
                .Select(t => new Wall($"the trigger {t.Groups["name"]} on {t.Groups["table"]}", Plain(t.Value))),
            .. Functions()
                .Matches(scripts)
                .Select(f => new Wall($"the function {f.Groups["name"]}", Plain(f.Groups["body"].Value))),
            .. tables.Select(t => new Wall(Security + t, On)),
            .. tables.Select(t => new Wall($"the policy tenant on {t}", Plain($"* {{0}} {Tenant}"))),
            new Wall("the policy own_account on membership", Plain($"r {{0}} {OwnAccount}")),
        ];
        // A further function does nothing until something calls it, and that is named.
        var names = made.Select(w => w.Name).ToHashSet();
        var counting = stored.Where(w =>
            names.Contains(w.Name) || !w.Name.StartsWith("the function", StringComparison.Ordinal)
        );
        return SchemaWalls.Differences(made, [.. counting.Select(w => w with { Does = Plain(w.Does) })]);
    }

    // PostgreSQL writes down what it was told in words of its own, a little differently in each version: with types,
    // brackets and names of columns, and the events of a trigger in another order.
    private static string Plain(string sql)
    {
        var words = Words()
            .Matches(Casts().Replace(sql, ""))
            .Select(m => m.Value[0] == '\'' ? m.Value : m.Value.ToLowerInvariant())
            .ToList();
        if (words.Contains("trigger"))
            words.Sort(StringComparer.Ordinal);
        return string.Join(' ', words);
    }

    [GeneratedRegex(@"CREATE TRIGGER (?<name>\w+) [^;]*? ON (?<table>\w+)\s[^;]*", RegexOptions.Singleline)]
    private static partial Regex Triggers();

    [GeneratedRegex(@"CREATE FUNCTION (?<name>\w+)\([^$]*\$\$(?<body>.*?)\$\$", RegexOptions.Singleline)]
    private static partial Regex Functions();

    [GeneratedRegex("""::text\b| AS "[^"]*"|(?<=\bON )\w+\.(?=\w)""")]
    private static partial Regex Casts();

    [GeneratedRegex(@"'[^']*'|\w+|[^\w\s()'""]+")]
    private static partial Regex Words();
}
