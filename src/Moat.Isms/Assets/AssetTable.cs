using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Retirements;
using Moat.Isms.Tables;
using Moat.Knowledge;

namespace Moat.Isms.Assets;

/// <summary>Tables of assets as other tools and people keep them.</summary>
[Process("assets", "What the company must protect: models, data, pipelines, endpoints and what they hang on.")]
public sealed class AssetTable(MoatDb db)
{
    private static readonly TableRegister Register = new(
        [
            new(
                "name",
                true,
                "asset name",
                "asset",
                "name",
                "assets",
                "asset description",
                "information asset",
                "title",
                "asset id name"
            ),
            new("kind", false, "kind", "asset type", "type", "category", "asset category"),
            new("description", false, "description", "details", "purpose", "remarks", "comment", "comments", "notes"),
            new("location", false, "location", "url", "address", "where", "path"),
            new("owner", false, "owner", "asset owner", "owner location", "responsible", "custodian"),
            new(
                "confidentiality",
                false,
                "confidentiality",
                "classification",
                "confidentiality rating",
                "c",
                "information classification"
            ),
            new("integrity", false, "integrity", "integrity rating", "i"),
            new("availability", false, "availability", "availability rating", "a"),
            new("value", false, "value", "criticality", "business value", "importance"),
            new("crownJewel", false, "crown jewel", "critical asset"),
            new("ref", false, "ref"),
            new("inScope", false, "in scope") { IsExact = true },
            new("externalId", false, "external id") { IsExact = true },
            TableColumn.Standing,
        ],
        "an asset",
        "assets",
        "name"
    );

    /// <summary>The fields that a column can be chosen for by hand.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. Register.Columns.Select(c => c.Field)];

    private static readonly (string Word, string Kind)[] KindWords =
    [
        ("repositor", "repository"),
        ("source code", "repository"),
        ("pipeline", "pipeline"),
        ("ci/cd", "pipeline"),
        ("vector", "feature-store"),
        ("feature store", "feature-store"),
        ("dataset", "dataset"),
        ("data set", "dataset"),
        ("training data", "dataset"),
        ("database", "dataset"),
        ("prompt", "prompt"),
        ("agent", "prompt"),
        ("model", "model"),
        ("weights", "model"),
        ("endpoint", "endpoint"),
        ("api gateway", "endpoint"),
        ("notebook", "notebook"),
        ("sandbox", "notebook"),
        ("gpu", "training-environment"),
        ("cluster", "training-environment"),
        ("bucket", "bucket"),
        ("storage", "bucket"),
        ("identity", "identity-provider"),
        ("sso", "identity-provider"),
        ("laptop", "device-fleet"),
        ("device", "device-fleet"),
        ("computer", "device-fleet"),
        ("phone", "device-fleet"),
        ("office", "office"),
        ("building", "office"),
        ("team", "team"),
        ("employee", "team"),
        ("staff", "team"),
        ("saas", "saas"),
        ("software", "saas"),
        ("application", "saas"),
        ("supplier", "supplier-api"),
        ("api", "supplier-api"),
    ];

    /// <summary>Shows how a table is understood, and stores nothing.</summary>
    [Query(
        "preview-table",
        Permission.EditAssets,
        "Show how a table of assets (CSV, XLSX) is understood; stores nothing",
        TakesBody = true
    )]
    public async Task<TableResult> Preview(GiveTable input, CancellationToken ct) =>
        (await Table.Read(input, ct)).Result;

    /// <summary>
    /// Enters the rows; all or none unless wrong rows are to be skipped. Rows that an earlier import entered stay as
    /// they are.
    /// </summary>
    [Operation("import-table", Permission.EditAssets, "Import a table of assets (CSV, XLSX); all rows or none")]
    public async Task<TableResult> Import(GiveTable input, CancellationToken ct)
    {
        var (result, fresh) = await Table.ReadToEnter(input, ct);
        foreach (var row in fresh)
        {
            var asset = await db.Enter(
                new Asset
                {
                    Name = row.Title,
                    Kind = row.Kind,
                    Description = row.Description,
                    Location = row.Location,
                    OwnerId = row.OwnerId,
                    CrownJewel = row.CrownJewel,
                    InScope = row.InScope ?? true,
                    ExternalId = row.ExternalId,
                },
                ct
            );
            asset.Classify(row.C ?? 2, row.I ?? 2, row.A ?? 2);
            asset.From(row.Source);
            if (row.Stood == Standing.Proposed)
                asset.Propose($"Proposed in {Path.GetFileName(input.File.Name)}.".Cut(1000), row.Source);
        }
        return result;
    }

    private TableImport<Row> Table => new(db, Register, _ => ReadRow, Known);

    private async Task<IReadOnlyDictionary<int, KnownRecord>> Known(
        IReadOnlyList<Row> rows,
        TableRemarks remarks,
        CancellationToken ct
    ) =>
        KnownRows.Match(
            rows,
            await db.Set<Asset>().AsNoTracking().ToListAsync(ct),
            remarks,
            a => a.Source,
            (_, a) => a.Standing != Standing.Rejected,
            (row, a) =>
                [
                    KnownRows.Differs("name", a.Name, row.Title),
                    row.SaysKind ? KnownRows.Differs("kind", a.Kind, row.Kind) : null,
                    KnownRows.Differs("description", a.Description, row.Description),
                    KnownRows.Differs("location", a.Location, row.Location),
                    KnownRows.Differs("confidentiality", a.Confidentiality, row.C),
                    KnownRows.Differs("integrity", a.Integrity, row.I),
                    KnownRows.Differs("availability", a.Availability, row.A),
                    KnownRows.Differs("in scope", a.InScope, row.InScope),
                    row.OwnerId is { } owner && owner != a.OwnerId ? "owner: another person in the file" : null,
                ],
            await db.WhyLeft(ct)
        );

    private static Row? ReadRow(RowReading line, TableRemarks remarks)
    {
        if (line.Text("name", 200) is not { } name)
            return null;
        var c = line.Level("confidentiality", Levels.Of, "1 to 4, or public, internal, confidential, restricted");
        var value = line.Level("value", Levels.Of, "1 to 4, or low, medium, high, critical");
        var said = line.Text("kind", 200);
        var kind = KindOf(said, name);
        if (kind == "other")
            remarks.Say(
                said is null
                    ? "Some rows do not say what kind of asset they are; they are entered as 'Something else'."
                    : $"'{said.Cut(40)}' is no kind of asset that is known here; such rows are entered as 'Something else'."
            );
        return new Row(
            line.Number,
            name,
            kind,
            line.Text("description", 4000),
            line.Text("location", 1000),
            remarks.Owner(line),
            line.Flag("crownJewel") ?? false,
            c,
            line.Level("integrity", Levels.Of, "1 to 4") ?? value,
            line.Level("availability", Levels.Of, "1 to 4") ?? value,
            $"table:{SearchText.Fold(name)}".Cut(300),
            said is not null
        )
        {
            Ref = line.Ref<Asset>("ref"),
            InScope = line.Flag("inScope"),
            ExternalId = line.Text("externalId", 500),
            Stood = line.Stood(),
        };
    }

    private static string KindOf(string? said, string name)
    {
        var slug = (said ?? "").Trim().ToLowerInvariant();
        if (AssetKinds.All.ContainsKey(slug))
            return slug;
        if (
            AssetKinds.All.FirstOrDefault(k => k.Value.Equals(slug, StringComparison.OrdinalIgnoreCase)).Key is
            { } named
        )
            return named;
        foreach (var text in new[] { slug, name.ToLowerInvariant() })
        foreach (var (word, kind) in KindWords)
            if (text.Contains(word, StringComparison.Ordinal))
                return kind;
        return "other";
    }

    private sealed record Row(
        int Number,
        string Title,
        string Kind,
        string? Description,
        string? Location,
        Guid? OwnerId,
        bool CrownJewel,
        int? C,
        int? I,
        int? A,
        string Source,
        bool SaysKind
    ) : ImportedRow(Number, Title, Source, OwnerId)
    {
        public bool? InScope { get; init; }

        public string? ExternalId { get; init; }

        public Standing? Stood { get; init; }

        public override string Detail => $"{AssetKinds.All[Kind]} · C{C ?? 2} I{I ?? 2} A{A ?? 2}";
    }
}
