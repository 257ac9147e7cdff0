using System.Globalization;
using YamlDotNet.Serialization;

namespace Moat.Knowledge.Playbooks;

/// <summary>
/// One notice that has to be sent, and by when: in hours, days or calendar months, as the law says it.
/// </summary>
public sealed class DutyStage
{
    /// <summary>Counts from when the company knew.</summary>
    public const string FromAware = "aware";

    /// <summary>
    /// Counts from when it was contained, which is when something that remedies it is there; until then from the notice
    /// before.
    /// </summary>
    public const string FromContained = "contained";

    /// <summary>Its id within the duty.</summary>
    public required string Id { get; init; }

    /// <summary>What is sent.</summary>
    public required string Title { get; init; }

    /// <summary>To whom.</summary>
    public required string To { get; init; }

    /// <summary>Hours until it is due; the clock starts at <see cref="From"/>.</summary>
    public int? Hours { get; init; }

    /// <summary>Days until it is due, where the law counts days.</summary>
    public int? Days { get; init; }

    /// <summary>Calendar months until it is due, where the law counts months.</summary>
    public int? Months { get; init; }

    /// <summary>aware, contained, or the id of the stage after which it counts.</summary>
    public required string From { get; init; }

    /// <summary>
    /// What it has to say, as Markdown; <c>{{incident}}</c>, <c>{{what}}</c>, <c>{{since}}</c>, <c>{{aware}}</c>,
    /// <c>{{affected}}</c>, <c>{{measures}}</c>, <c>{{contact}}</c> and <c>{{company}}</c> are filled in.
    /// </summary>
    public required string Draft { get; init; }

    /// <summary>Whether it has one clock, of at least one unit.</summary>
    [YamlIgnore]
    public bool HasOneClock =>
        new[] { Hours, Days, Months }.Count(n => n is not null) == 1 && (Hours ?? Days ?? Months) >= 1;

    /// <summary>The clock in words, such as 72 hours.</summary>
    [YamlIgnore]
    public string Clock =>
        this switch
        {
            { Months: { } months } => Counted(months, "month"),
            { Days: { } days } => Counted(days, "day"),
            _ => Counted(Hours ?? 0, "hour"),
        };

    /// <summary>
    /// When it is due, if the clock starts then. A period in months ends on the day of the same number, or on the last
    /// day of a month that has no such day (Regulation (EEC, Euratom)
    /// 1182/71, Art. 3(2)(c)); the hour of the start is kept, where the law would give the rest of that day.
    /// </summary>
    public DateTime DueAfter(DateTime start) =>
        this switch
        {
            { Months: { } months } => start.AddMonths(months),
            { Days: { } days } => start.AddDays(days),
            _ => start.AddHours(Hours ?? 0),
        };

    private static string Counted(int count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
