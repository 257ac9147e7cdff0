using Moat.Isms.Incidents.Duties;
using Moat.Isms.Kernel;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents;

/// <summary>
/// Takes what is true of an incident and what is not. That nobody has to be told any more is answered for by a person,
/// by name, with the reason.
/// </summary>
public sealed class FactAnswers(CurrentCaller caller, DutyDesk duties)
{
    /// <summary>Keeps the answers. What is left out stays, except that a yes takes a no back and a no a yes.</summary>
    public async Task Take(Incident incident, AssessIncident input, CancellationToken ct)
    {
        Check("facts", input.Facts);
        Check("ruledOut", input.RuledOut);
        if (input is { Facts: { } yes, RuledOut: { } no } && yes.Intersect(no).FirstOrDefault() is { } both)
            throw new InputInvalid("ruledOut", $"'{both}' is either true or not.");
        List<string> facts = [.. input.Facts ?? incident.Facts.Except(input.RuledOut ?? [])];
        await MustBeAnsweredFor(incident, facts, input.FactsBecause, ct);
        incident.Answer(facts, input.RuledOut ?? [.. incident.RuledOut.Except(facts)]);
    }

    private static void Check(string field, List<string>? given)
    {
        if (given?.Except(IncidentFacts.All.Keys).FirstOrDefault() is { } unknown)
            throw new InputInvalid(
                field,
                $"There is no fact '{unknown}'. One of: {string.Join(", ", IncidentFacts.All.Keys)}."
            );
    }

    private async Task MustBeAnsweredFor(Incident incident, List<string> facts, string? because, CancellationToken ct)
    {
        List<string> away =
        [
            .. await duties.Ended(incident, facts, ct),
            .. duties.Settling(facts).Except(incident.Facts).Select(f => $"\"{IncidentFacts.All[f]}\""),
        ];
        if (away.Count == 0)
            return;
        if (caller.Value.PersonId is null)
            throw new RuleBroken(
                "incidents.assess.person",
                $"Because of this nobody may be told: {string.Join(", ", away)}. Only a person answers for that."
            );
        if (because is null)
            throw new InputInvalid(
                "factsBecause",
                $"Because of this nobody may be told: {string.Join(", ", away)}. Say why it is so, in words that an authority can follow."
            );
    }
}
