using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>Which checks to list.</summary>
public sealed record ListChecks
{
    /// <summary>Only those over this kind of resource.</summary>
    [MaxLength(80)]
    public string? Resource { get; init; }

    /// <summary>Only those that show this control, such as A.8.4.</summary>
    [MaxLength(20)]
    public string? Control { get; init; }

    /// <summary>Only those with an outcome today: passing, failing or unknown.</summary>
    public CheckOutcome? Outcome { get; init; }

    /// <summary>Only those of this severity: low, medium, high or critical.</summary>
    [MaxLength(20)]
    public string? Severity { get; init; }

    /// <summary>Words of the title.</summary>
    [MaxLength(200)]
    public string? Q { get; init; }
}

/// <summary>One check, by the id of a shipped one or the reference of one's own.</summary>
public record OneCheck
{
    /// <summary>The check, such as github-branch-protected or CHK-3.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }
}

/// <summary>A check as it is written.</summary>
public record CheckText
{
    /// <summary>The kind of resource, such as github.repository.</summary>
    [MinLength(2), MaxLength(80)]
    public required string Resource { get; init; }

    /// <summary>JSON Schema that a good fact satisfies.</summary>
    [MinLength(2), MaxLength(20000)]
    public required string Schema { get; init; }

    /// <summary>
    /// JSON pointers that must have a value, such as /visibility; without one the outcome is unknown.
    /// </summary>
    [MinLength(1), MaxLength(20)]
    public required List<string> Reads { get; init; }

    /// <summary>JSON Schema of the resources it is about; all of the kind when left out.</summary>
    [MaxLength(20000)]
    public string? Applies { get; init; }
}

/// <summary>A check of one's own.</summary>
public sealed record CreateCheck : CheckText
{
    /// <summary>What must be true, as a sentence.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>low, medium, high or critical.</summary>
    [
        RegularExpression("low|medium|high|critical", ErrorMessage = "One of low, medium, high, critical."),
        MaxLength(20)
    ]
    public required string Severity { get; init; }

    /// <summary>Codes of the controls it shows at work, such as A.8.28.</summary>
    [MinLength(1), MaxLength(20)]
    public required List<string> Controls { get; init; }

    /// <summary>Clauses it shows at work.</summary>
    [MaxLength(20)]
    public List<string> Clauses { get; init; } = [];

    /// <summary>Why it matters.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Why { get; init; }

    /// <summary>How to mend a failure.</summary>
    [MinLength(5), MaxLength(8000)]
    public required string Fix { get; init; }
}

/// <summary>A check given as a file: front matter and text as the shipped ones have.</summary>
public sealed record ImportCheck : IReadFirst
{
    /// <summary>The Markdown file.</summary>
    public required GivenFile File { get; init; }

    /// <inheritdoc />
    void IReadFirst.ReadFirst() => File.Read(CheckFile.Read);
}

/// <summary>Reads a check from a file.</summary>
internal static class CheckFile
{
    /// <summary>The check. Throws <see cref="InputInvalid"/>.</summary>
    public static CheckEntry Read(GivenFile file)
    {
        var text = System.Text.Encoding.UTF8.GetString(file.Bytes());
        // The front matter; what is no YAML in it is told with its line by who reads it.
        if (
            text.StartsWith("---", StringComparison.Ordinal)
            && text.IndexOf("\n---", 3, StringComparison.Ordinal) is > 0 and var end
        )
            GivenYaml.MustBeBounded(text[3..end]);
        try
        {
            return KnowledgeBase.ReadCheck(file.Name, text);
        }
        catch (ContentError e)
        {
            throw new InputInvalid("file", e.Message);
        }
        catch (Exception e) when (GivenYaml.IsOfParser(e))
        {
            throw new InputInvalid("file", "What stands between the first two lines of --- is not YAML.");
        }
    }
}

/// <summary>A check of one's own that is not wanted any more.</summary>
public sealed record RetireCheck : ChangeRecord
{
    /// <summary>Why.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A check in the list, with how many resources have which outcome now.</summary>
public sealed record CheckRow(
    string Id,
    string Title,
    string Resource,
    string Severity,
    IReadOnlyList<string> Controls,
    IReadOnlyList<string> Clauses,
    bool Own,
    int Passing,
    int Failing,
    int Unknown
);

/// <summary>A resource under a check.</summary>
/// <param name="Ref">The resource.</param>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">What the check found.</param>
/// <param name="Since">Since when.</param>
/// <param name="Detail">What made it so.</param>
/// <param name="Asset">The asset it is.</param>
/// <param name="Exception">Who answers for the failure, why and until when.</param>
public sealed record CheckedResource(
    string Ref,
    string Name,
    CheckOutcome Outcome,
    DateTime Since,
    string Detail,
    string? Asset,
    AnsweredFailure? Exception
);

/// <summary>Who answers for a failure, why and until when.</summary>
public sealed record AnsweredFailure(string Ref, string Owner, string Reason, DateOnly Until);

/// <summary>A check with its resources.</summary>
public sealed record CheckView(
    string Id,
    int Version,
    string Title,
    string Resource,
    string Severity,
    IReadOnlyList<string> Controls,
    IReadOnlyList<string> Clauses,
    bool Own,
    string Why,
    string FixHtml,
    string Schema,
    string? Applies,
    IReadOnlyList<string> Reads,
    InForce InForce,
    IReadOnlyList<CheckedResource> Resources,
    int ResourceCount
);

/// <summary>What a check would find on a stored fact.</summary>
public sealed record TriedCheck(string Ref, string Name, CheckOutcome Outcome, string Detail);

/// <summary>What a check would find on the facts that stand.</summary>
public sealed record Trial(
    int Passing,
    int Failing,
    int Unknown,
    int NotApplicable,
    IReadOnlyList<TriedCheck> Examples
);
