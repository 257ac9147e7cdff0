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
    /// <summary>The same in words, with the threshold.</summary>
    public required string Because { get; init; }
    /// <summary>The notices, in order.</summary>
    public required List<DutyStage> Stages { get; init; }
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
    /// <summary>Personal data were lost, changed, disclosed or unavailable.</summary>
    public const string PersonalData = "personal-data";
    /// <summary>The breach is likely to result in a high risk to people.</summary>
    public const string HighRiskToPeople = "high-risk-to-people";
    /// <summary>The company only processes the data for somebody else.</summary>
    public const string Processor = "processor";
    /// <summary>The service was severely disrupted, or others suffered considerable damage (NIS2 Art. 23(3)).</summary>
    public const string Significant = "significant";
    /// <summary>An AI system led to a serious incident in the sense of the AI Act (Art. 3(49)).</summary>
    public const string SeriousAiIncident = "serious-ai-incident";
    /// <summary>It was widespread, or a critical infrastructure was disrupted.</summary>
    public const string Widespread = "widespread";
    /// <summary>Somebody died or may have.</summary>
    public const string Death = "death";
    /// <summary>Customers' data or service were affected.</summary>
    public const string Customers = "customers";

    /// <summary>All of them, with the question that settles each.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [PersonalData] = "Were personal data lost, changed, disclosed or unavailable?",
        [HighRiskToPeople] = "Is that likely to be a high risk to the people concerned?",
        [Processor] = "Are they data that you process for a customer?",
        [Significant] = "Was the service severely disrupted, or did others suffer considerable damage?",
        [SeriousAiIncident] = "Did an AI system lead to harm to health, property, the environment or fundamental rights?",
        [Widespread] = "Was it widespread, or was critical infrastructure disrupted?",
        [Death] = "Did somebody die, or is that possible?",
        [Customers] = "Were customers' data or their use of the service affected?",
    };
}
