using YamlDotNet.Serialization;

namespace Moat.Knowledge.Checks;

/// <summary>
/// A check that the product ships: what must be true of every resource of a kind, which controls and clauses it shows
/// at work, why it matters; the text below the front matter says how to mend a failure.
/// </summary>
public sealed class CheckEntry : Entry
{
    /// <summary>The kind of resource whose facts it reads, such as <c>github.repository</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>low, medium, high or critical.</summary>
    public required string Severity { get; init; }

    /// <summary>Annex A controls that it shows at work.</summary>
    public required List<string> Controls { get; init; }

    /// <summary>Clauses that it shows at work.</summary>
    public List<string> Clauses { get; init; } = [];

    /// <summary>JSON pointers that must have a value; without one the outcome is unknown.</summary>
    public required List<string> Reads { get; init; }

    /// <summary>JSON Schema of the resources it is about; all of the kind when left out.</summary>
    public string? Applies { get; init; }

    /// <summary>JSON Schema that a good fact satisfies.</summary>
    public required string Schema { get; init; }

    /// <summary>Why it matters to an AI company.</summary>
    public required string Why { get; init; }

    /// <summary>The rule, ready to evaluate.</summary>
    [YamlIgnore]
    public FactRule Rule => _rule ??= new FactRule(Schema, Applies, Reads);

    private FactRule? _rule;
}

/// <summary>A kind of resource that collectors tell of, or that a program reports.</summary>
/// <param name="Id">Its name in facts and checks.</param>
/// <param name="Title">What people call it.</param>
/// <param name="AssetKind">The kind of asset it is, or null when it is none.</param>
/// <param name="StaleAfterHours">After how many hours without news its state is unknown.</param>
public sealed record ResourceKind(string Id, string Title, string? AssetKind, int StaleAfterHours)
{
    /// <summary>A bill of materials.</summary>
    public const string Bill = "cyclonedx.bom";

    /// <summary>The kinds that Moat itself knows.</summary>
    public static IReadOnlyDictionary<string, ResourceKind> Known { get; } =
        new ResourceKind[]
        {
            new("github.organization", "GitHub organisation", null, 72),
            new("github.repository", "GitHub repository", "repository", 72),
            new("s3.bucket", "Object-storage bucket", "bucket", 72),
            new("s3.object", "Object in storage", null, 72),
            new("mlflow.model", "Model in the MLflow registry", "model", 72),
            new("prometheus.server", "Prometheus server", null, 24),
            new("prometheus.target", "Target that Prometheus scrapes", "endpoint", 24),
            new("prometheus.alert", "Alert", null, 24 * 3650),
            new("data.validation", "Validation of a dataset", null, 24 * 35),
            new("test.run", "Test run of a pipeline", null, 24 * 35),
            new("sarif.scan", "Code scan", null, 24 * 35),
            new(Bill, "Bill of materials", null, 24 * 100),
            new("provenance.artifact", "Provenance of an artefact", null, 24 * 400),
            new("huggingface.model", "Model on the Hugging Face Hub", "model", 72),
            new("huggingface.dataset", "Dataset on the Hugging Face Hub", "dataset", 72),
            new("directory.person", "Account in the directory", null, 24 * 8),
            new("directory.group", "Group in the directory", null, 24 * 400),
        }.ToDictionary(k => k.Id);

    /// <summary>The kind of that name; kinds that programs make up are no assets and count for a week.</summary>
    public static ResourceKind Of(string id) => Known.GetValueOrDefault(id) ?? new ResourceKind(id, id, null, 24 * 8);
}
