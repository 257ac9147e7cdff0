using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>How severe a result is.</summary>
/// <param name="Level">Its level as the log has it.</param>
/// <param name="IsRated">Whether the level, or a security severity beside it, says how severe it is.</param>
/// <param name="IsTold">Whether the log says so; otherwise it is the level that SARIF supposes.</param>
/// <param name="IsSevere">Whether its security severity is high or critical.</param>
/// <param name="IsLost">Whether it points at a rule that the log does not have.</param>
/// <param name="NotUnderstood">A security severity that cannot be read, with its place, where none that can makes it
/// severe.</param>
internal sealed record SarifRating(
    string Level,
    bool IsRated,
    bool IsTold,
    bool IsSevere,
    bool IsLost,
    string? NotUnderstood
);

/// <summary>
/// The level of a run's results as SARIF 2.1.0, 3.27.10 finds it: their own, else that of a configuration override of
/// their invocation (3.20.5), else the default of their rule (3.50.3), else "warning". Where the log leaves open what
/// applies, the most severe does.
/// </summary>
internal sealed class SarifSeverity
{
    // From here on, GitHub calls a finding high.
    private const double High = 7.0;

    private readonly SarifDescriptors _rules;
    private readonly IReadOnlyList<ILookup<JsonObject, string>> _overrides;
    private readonly ILookup<JsonObject, string> _all;

    public SarifSeverity(JsonObject run)
    {
        _rules = new SarifDescriptors(run, "rules");
        var all = (run["invocations"] as JsonArray ?? []).Select(i => Overrides(i as JsonObject).ToList()).ToList();
        _overrides = [.. all.Select(o => o.ToLookup(c => c.Rule, c => c.Level))];
        _all = all.SelectMany(o => o).ToLookup(c => c.Rule, c => c.Level);
    }

    /// <summary>The rating of one result.</summary>
    public SarifRating Of(JsonObject result)
    {
        var rule = _rules.Find(result["rule"] as JsonObject, result["ruleId"].Text(), result["ruleIndex"]);
        var all = rule.Found.Prepend(result).Select(SecuritySeverity.Of).ToList();
        var security = all.Max(s => s.Score);
        var told = Level(result, rule.Found);
        var level = told ?? "warning";
        return new SarifRating(
            level,
            level is "error" or "warning" or "note" || security is not null,
            told is not null || security is not null,
            security >= High,
            told is null && rule.IsLost,
            security >= High ? null : all.Select(s => s.NotUnderstood).FirstOrDefault(n => n is not null)
        );
    }

    private string? Level(JsonObject result, IReadOnlyList<JsonObject> rules)
    {
        if (result["level"] is { } own)
            return own.Text() ?? own.ToJsonString();
        var invocation = SarifDescriptors.Index(result["provenance"].At("invocationIndex"));
        var told = invocation is { } index ? _overrides.ElementAtOrDefault(index) : _all;
        var overrides = told is null ? [] : rules.SelectMany(rule => told[rule]).ToList();
        if (invocation is not null && overrides.Count > 0)
            return Worst(overrides);
        return Worst(rules.Select(DefaultLevel).OfType<string>().Concat(overrides));
    }

    private IEnumerable<(JsonObject Rule, string Level)> Overrides(JsonObject? invocation) =>
        from change in invocation.At("ruleConfigurationOverrides").Objects()
        let level = change["configuration"].At("level").Text()
        where level is not null
        from rule in _rules.Find(change["descriptor"] as JsonObject).Found
        select (rule, level);

    internal static string? DefaultLevel(JsonObject descriptor) =>
        descriptor["defaultConfiguration"].At("level").Text();

    internal static string? Worst(IEnumerable<string> levels) =>
        levels.MaxBy(l =>
            l switch
            {
                "error" => 4,
                "warning" => 2,
                "note" => 1,
                "none" => 0,
                _ => 3,
            }
        );
}
