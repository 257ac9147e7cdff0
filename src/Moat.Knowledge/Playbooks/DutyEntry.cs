namespace Moat.Knowledge.Playbooks;

/// <summary>A duty to notify somebody about an incident, with its clocks. The body explains when it applies and what is often got wrong.</summary>
public sealed class DutyEntry : Entry
{
    /// <summary>Where it stands, such as GDPR Art. 33.</summary>
    public required string Source { get; init; }
    /// <summary>Which companies it concerns at all.</summary>
    public required Condition Applies { get; init; }
    /// <summary>Facts of the incident that must all hold, of <see cref="IncidentFacts"/>.</summary>
    public required List<string> When { get; init; }
    /// <summary>Facts that take the duty away. A fact that nobody settled takes nothing away: in doubt the clock runs.</summary>
    public List<string> Unless { get; init; } = [];
    /// <summary>The same in words, with the threshold.</summary>
    public required string Because { get; init; }
    /// <summary>The notices, in order.</summary>
    public required List<DutyStage> Stages { get; init; }

    /// <summary>Whether the duty arises from an incident of which these facts are true.</summary>
    public bool Arises(IReadOnlyCollection<string> facts) => When.All(facts.Contains) && !Unless.Any(facts.Contains);

    /// <summary>Facts that nobody settled and that could still bring the duty; none once one that it needs is ruled out, or one holds that takes it away.</summary>
    public IEnumerable<string> Undecided(IReadOnlyCollection<string> facts, IReadOnlyCollection<string> ruledOut) =>
        When.Any(ruledOut.Contains) || Unless.Any(facts.Contains) ? [] : When.Where(f => !facts.Contains(f));
}

/// <summary>One notice that has to be sent.</summary>
public sealed class DutyStage
{
    /// <summary>Its id within the duty.</summary>
    public required string Id { get; init; }
    /// <summary>What is sent.</summary>
    public required string Title { get; init; }
    /// <summary>To whom.</summary>
    public required string To { get; init; }
    /// <summary>Hours until it is due; the clock starts at <see cref="From"/>.</summary>
    public required int Hours { get; init; }
    /// <summary>aware, or the id of the stage after which it counts.</summary>
    public required string From { get; init; }
    /// <summary>What it has to say, as Markdown; <c>{{incident}}</c>, <c>{{what}}</c>, <c>{{since}}</c>, <c>{{aware}}</c>, <c>{{affected}}</c>, <c>{{measures}}</c>, <c>{{contact}}</c> and <c>{{company}}</c> are filled in.</summary>
    public required string Draft { get; init; }
}

/// <summary>What can be true of an incident, as far as duties depend on it.</summary>
public static class IncidentFacts
{
    /// <summary>Personal data were destroyed, lost, changed, disclosed or opened to somebody who may not see them (GDPR Art. 4(12)).</summary>
    public const string PersonalData = "personal-data";
    /// <summary>A risk to the rights and freedoms of people is unlikely (GDPR Art. 33(1)).</summary>
    public const string RiskUnlikely = "risk-unlikely";
    /// <summary>The breach is likely to result in a high risk to people (GDPR Art. 34(1)).</summary>
    public const string HighRiskToPeople = "high-risk-to-people";
    /// <summary>Data are among them that the company processes on somebody else's behalf.</summary>
    public const string Processor = "processor";
    /// <summary>All of them are such data, so the company is the controller of none.</summary>
    public const string ProcessorOnly = "processor-only";
    /// <summary>The company is an essential or important entity under NIS2.</summary>
    public const string Nis2Entity = "nis2-entity";
    /// <summary>The service was or could be severely disrupted, or loss or considerable damage was or could be caused (NIS2 Art. 23(3)).</summary>
    public const string Significant = "significant";
    /// <summary>It concerns a high-risk AI system that the company provides on the Union's market.</summary>
    public const string HighRiskAiSystem = "high-risk-ai-system";
    /// <summary>An AI system led to a serious incident in the sense of the AI Act (Art. 3(49)).</summary>
    public const string SeriousAiIncident = "serious-ai-incident";
    /// <summary>A widespread infringement, or critical infrastructure seriously and irreversibly disrupted (AI Act Art. 73(3)).</summary>
    public const string Widespread = "widespread";
    /// <summary>Somebody died or may have.</summary>
    public const string Death = "death";
    /// <summary>Customers' data or service were affected.</summary>
    public const string Customers = "customers";

    /// <summary>All of them, with the question that settles each.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [PersonalData] = "Were personal data destroyed, lost, changed, unavailable, or seen by somebody who may not see them? Prompts, logs, training data and memorised text count.",
        [RiskUnlikely] = "Is a risk to the people concerned unlikely? Say yes only with a reason you would show to the authority, such as lost data that were encrypted and backed up.",
        [HighRiskToPeople] = "Is a high risk to the people concerned likely, such as fraud, exposure of health or money matters, or harm to their standing?",
        [Processor] = "Are some of the personal data ones that you process on a customer's behalf?",
        [ProcessorOnly] = "Are all of them such data, so that you decide about the purpose of none?",
        [Nis2Entity] = "Are you an essential or important entity under NIS2, by your sector and size or because an authority said so?",
        [Significant] = "Did it or could it severely disrupt your service, cost you real money, or do considerable damage to others?",
        [HighRiskAiSystem] = "Does it concern a high-risk AI system that you provide in the EU under your name?",
        [SeriousAiIncident] = "Did an AI system lead, directly or indirectly, to a death, serious harm to health, property or the environment, a breach of fundamental rights, or the lasting disruption of critical infrastructure?",
        [Widespread] = "Was critical infrastructure seriously and irreversibly disrupted, or did the same breach of law harm people in several member states?",
        [Death] = "Did somebody die, or may somebody have died, because of it?",
        [Customers] = "Were customers' data or their use of the service affected?",
    };
}
