namespace Moat.Knowledge.Documents;

/// <summary>The fields that documents are filled from, with the vocabulary that content may use.</summary>
public sealed class DocumentFields
{
    /// <summary>Columns of lists of assets.</summary>
    private static readonly string[] AssetColumns = ["name", "kind", "owner", "needs"];

    /// <summary>Single fields, by group.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; } =
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["company"] =
            [
                "name",
                "people",
                "sector",
                "product",
                "serving",
                "countries",
                "infrastructure",
                "customers",
                "models",
                "data",
                "code",
            ],
            ["scope"] = ["statement", "boundaries", "exclusions", "approval"],
            ["method"] = ["criteria", "appetite", "high", "approval"],
            ["soa"] = ["state", "applicable", "excluded"],
        };

    /// <summary>Lists, with their columns.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; } =
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["crownJewels"] = AssetColumns,
            ["datasets"] = AssetColumns,
            ["models"] = AssetColumns,
            ["endpoints"] = AssetColumns,
            ["repositories"] = AssetColumns,
            ["pipelines"] = AssetColumns,
            ["buckets"] = AssetColumns,
            ["environments"] = AssetColumns,
            ["notebooks"] = AssetColumns,
            ["supplierAssets"] = AssetColumns,
            ["assets"] = AssetColumns,
            ["roles"] = ["title", "holder", "duties", "authority", "competence", "separation"],
            ["issues"] = ["title", "side", "effect"],
            ["parties"] = ["name", "needs", "answer"],
            ["obligations"] = ["name", "kind", "asks"],
            ["objectives"] = ["title", "metric", "target", "period", "owner", "plan", "due"],
            ["risks"] =
            [
                "ref",
                "title",
                "owner",
                "inherent",
                "current",
                "residual",
                "treatment",
                "consequence",
                "harms",
                "inherentParts",
                "currentParts",
                "residualParts",
            ],
            ["treatments"] = ["ref", "title", "option", "plan", "controls", "actions", "owner", "accepted"],
            ["controls"] = ["code", "title", "applies", "why", "state", "owner"],
            ["likelihood"] = ["level", "meaning"],
            ["impact"] = ["level", "meaning"],
            ["suppliers"] = ["name", "service", "tier", "data", "review"],
            ["processes"] = ["title", "clause", "owner", "inputs", "outputs", "cadence"],
            ["courses"] = ["title", "audience", "refresh"],
            ["communications"] = ["what", "when", "with", "who", "how"],
            ["documents"] = ["title", "kind", "owner", "review", "classification"],
        };

    private readonly Dictionary<string, object> _values = [];
    private readonly Func<string, string> _role;
    private readonly Func<string, bool> _applies;

    /// <summary>Begins with every field open, every list empty and no fact.</summary>
    /// <param name="flags">Facts about the company.</param>
    /// <param name="people">How many people work for it.</param>
    /// <param name="role">Who holds a role, in words.</param>
    /// <param name="applies">Whether a control applies.</param>
    public DocumentFields(IReadOnlySet<string> flags, int people, Func<string, string> role, Func<string, bool> applies)
    {
        (_role, _applies) = (role, applies);
        foreach (var (group, names) in Groups)
            _values[group] = names.ToDictionary(n => n, n => (object)$"{DocumentEngine.OpenField}{group}.{n}⟧");
        foreach (var name in Lists.Keys)
            _values[name] = new List<object>();
        _values["flags"] = Flags.All.ToDictionary(f => f.Replace('-', '_'), f => (object)flags.Contains(f));
        _values["large"] = people > 150;
        _values["small"] = people < 25;
        (_values["yes"], _values["no"]) = (true, false);
    }

    internal IDictionary<string, object> Values => _values;

    /// <summary>Gives a field its value; an empty one stays open.</summary>
    public void Set(string group, string name, string? value)
    {
        if (!Groups[group].Contains(name))
            throw new ArgumentException($"There is no field {group}.{name}.");
        if (!string.IsNullOrWhiteSpace(value))
            ((Dictionary<string, object>)_values[group])[name] = value;
    }

    /// <summary>Gives a list its rows, with one value for each of its columns.</summary>
    public void Set(string list, IEnumerable<IReadOnlyList<string>> rows)
    {
        var columns = Lists[list];
        _values[list] = rows.Select(r =>
                (object)columns.Zip(r).ToDictionary(c => c.First, c => (object)OneLine(c.Second))
            )
            .ToList();
    }

    internal string Role(string id) => _role(id);

    internal bool Applies(string code) => _applies(code);

    // A value stands in a table as often as in a sentence.
    private static string OneLine(string value) =>
        string.Join(
            ' ',
            value
                .Replace("|", "\\|", StringComparison.Ordinal)
                .Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
}
