using Moat.Isms.Kernel;
using Moat.Isms.Tables;

namespace Moat.Isms.Risks;

/// <summary>A row of a risk register that was understood.</summary>
internal sealed record RiskLine(int Number, string Title, string Source, Guid? OwnerId)
    : ImportedRow(Number, Title, Source, OwnerId)
{
    private const string HalfRated =
        "Some rows rate only the likelihood or only the impact, or have a nought for one of them; such a half is not entered.";

    private static readonly ScaleWords Words = new(
        5,
        ["risk", "likelihood", "probability", "impact", "severity", "harm", "level", "rating"],
        ["very low", "minimal", "rare", "negligible", "very unlikely", "insignificant"],
        ["unlikely", "low", "minor"],
        ["moderate", "medium", "possible"],
        ["likely", "high", "major"],
        ["very high", "almost certain", "severe", "critical", "catastrophic", "very likely", "extreme"]
    );

    /// <summary>All that the row says where its title is.</summary>
    public required string Said { get; init; }

    /// <summary>What lets it happen.</summary>
    public string? Cause { get; init; }

    /// <summary>What it costs.</summary>
    public string? Consequence { get; init; }

    /// <summary>The rating without any control.</summary>
    public Rating? Inherent { get; init; }

    /// <summary>The rating today.</summary>
    public Rating? Current { get; init; }

    /// <summary>The rating after the treatment.</summary>
    public Rating? Residual { get; init; }

    /// <summary>Why these ratings.</summary>
    public string? Rationale { get; init; }

    /// <summary>What is done about it; null when the row does not say.</summary>
    public TreatmentOption? Option { get; init; }

    /// <summary>How.</summary>
    public string? Plan { get; init; }

    /// <summary>What it harms.</summary>
    public IReadOnlyList<string> Harms { get; init; } = [];

    /// <summary>The threat of the catalogue.</summary>
    public string? ThreatId { get; init; }

    /// <summary>Where it stood in the register that the file comes from.</summary>
    public Standing? Stood { get; init; }

    /// <summary>Whether the row has a number of another register.</summary>
    public bool IsNumbered { get; init; }

    /// <inheritdoc />
    public override string Detail =>
        $"{(Current is { } c ? $"scores {c.Score} today" : "not assessed")}"
        + $"{(Option is { } option && Current is not null ? $", {option.Words().ToLowerInvariant()}" : "")}";

    /// <summary>Reads a row; null when it names no risk.</summary>
    public static RiskLine? Read(
        RowReading line,
        TableRemarks remarks,
        FoundTable table,
        Func<string, bool> knowsThreat
    )
    {
        var said = line.Text("title", 2000);
        if (said is null || said.Length < 3)
            return null;
        var (id, reference) = (line.Text("id", 100), line.Ref<Risk>("id"));
        // A register of Moat's own has whole titles; others describe the risk in them.
        var title = reference is not null && said.Length <= 200 ? said : FirstSentence(said);
        // Some registers rate the consequence, others describe it.
        var consequence = line.Text("consequence", 2000);
        var isRated = !table.Has("impact") && consequence is not null && Words.Of(consequence) is not null;
        var inherent = Pair(line, remarks, "inherentLikelihood", "inherentImpact");
        var residual = Pair(line, remarks, "residualLikelihood", "residualImpact");
        var current =
            Pair(line, remarks, "likelihood", isRated ? "consequence" : "impact")
            ?? (inherent is not null && residual is not null ? residual : inherent);
        if (inherent is not null && current is not null && current.Score > inherent.Score)
            line.Problem("likelihood", "The risk today scores higher than without any control.");
        var (option, plan) = Treatment(line, table);
        if (current is null && (plan is not null || option > TreatmentOption.Undecided))
            remarks.Say(
                "Some rows describe measures and have no whole rating; these measures are not entered, because they treat a rating."
            );
        if (current is null && residual is not null)
            remarks.Say(
                "Some rows rate only the risk that remains; that rating is not entered, because nothing says what it remains of."
            );
        return new RiskLine(
            line.Number,
            title,
            $"table:{SearchText.Fold($"{id} {title}")}".Cut(300),
            remarks.Owner(line)
        )
        {
            Said = said,
            Cause = line.Text("cause", 2000) ?? (said.Length > title.Length ? said : null),
            Consequence = isRated ? null : consequence,
            Inherent = inherent ?? current,
            Current = current,
            Residual = residual,
            Rationale = line.Text("rationale", 4000),
            Option = option,
            Plan = plan,
            Harms = HarmsOf(line),
            ThreatId = ThreatOf(line, remarks, knowsThreat),
            Stood = line.Stood(),
            Ref = reference,
            IsNumbered = id is not null && reference is null,
        };
    }

    /// <summary>
    /// What is done and how. A column for the option may hold measures, and one for measures an option.
    /// </summary>
    private static (TreatmentOption?, string?) Treatment(RowReading line, FoundTable table)
    {
        var (said, plan) = (line.Text("option", 4000), line.Text("plan", 4000));
        if (said is "-" or "--" || string.Equals(said, "n/a", StringComparison.OrdinalIgnoreCase))
            said = null;
        if (said is null)
            return (
                plan is null
                    ? null
                    : TreatmentWords.Of(plan)
                        ?? (table.Has("option") ? TreatmentOption.Undecided : TreatmentOption.Modify),
                plan
            );
        if (TreatmentWords.Of(said) is { } option)
            return (option, plan);
        if (!TreatmentWords.AreMeasures(said))
        {
            line.Problem("option", $"'{said.Cut(40)}' is not understood; {TreatmentWords.Expected}.");
            return (null, plan);
        }
        var both = plan is null ? said : $"{said}\n{plan}";
        if (both.Length > 4000)
            line.Problem("plan", "The treatment and its plan have more than 4,000 characters together.");
        return (TreatmentOption.Modify, both);
    }

    private static List<string> HarmsOf(RowReading line)
    {
        var said = (line.Text("harms", 200) ?? "")
            .Split([',', ';', '\n', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(h => h.ToLowerInvariant())
            .Distinct()
            .ToList();
        var read = said.Select(h =>
                RiskFacts.Harms.FirstOrDefault(known => known == h || (h.Length == 1 && known[0] == h[0]))
            )
            .ToList();
        if (read.IndexOf(null) is >= 0 and var odd)
            line.Problem("harms", $"'{said[odd].Cut(40)}' is not understood; {string.Join(", ", RiskFacts.Harms)}.");
        return [.. read.OfType<string>()];
    }

    private static string? ThreatOf(RowReading line, TableRemarks remarks, Func<string, bool> knowsThreat)
    {
        if (line.Text("threatId", 80) is not { } threat)
            return null;
        if (knowsThreat(threat))
            return threat;
        remarks.Say($"'{threat.Cut(60)}' is no threat of the catalogue; those risks are entered without one.");
        return null;
    }

    private static Rating? Pair(RowReading line, TableRemarks remarks, string likelihood, string impact)
    {
        var l = line.Level(likelihood, Words.Of, "1 to 5, or rare to almost certain");
        var i = line.Level(impact, Words.Of, "1 to 5, or minimal to severe");
        if (l is null != i is null)
            remarks.Say(HalfRated);
        return l is { } a && i is { } b ? new Rating { Likelihood = a, Impact = b } : null;
    }

    private static string FirstSentence(string text)
    {
        var end = text.IndexOfAny(['\n', ';']);
        var stop = text.IndexOf(". ", StringComparison.Ordinal);
        var at = new[] { end, stop }.Where(p => p >= 10).DefaultIfEmpty(text.Length).Min();
        return text[..at].Trim().Cut(200);
    }
}
