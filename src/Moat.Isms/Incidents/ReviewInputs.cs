using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>Something that was learned.</summary>
public sealed record GivenLesson
{
    /// <summary>The lesson in a few words.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What was learned and what should become different.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Text { get; init; }

    /// <summary>Who follows it up, such as PER-2; whoever leads the incident when left out.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }
}

/// <summary>What those who were there say about an incident afterwards.</summary>
public sealed record ReviewIncident : ChangeRecord
{
    /// <summary>When it was talked about; today when left out.</summary>
    public DateOnly? HeldOn { get; init; }

    /// <summary>Who took part, such as PER-2.</summary>
    [MinLength(1), MaxLength(40)]
    public required List<string> Attendees { get; init; }

    /// <summary>What happened, without blame.</summary>
    [MinLength(20), MaxLength(8000)]
    public required string Story { get; init; }

    /// <summary>Why it happened; each asks why the one before was so, and the last is the root. Two to seven.</summary>
    [MinLength(2), MaxLength(7)]
    public required List<string> Whys { get; init; }

    /// <summary>
    /// The kind of cause: unchecked-input, excess-rights, exposed-secret, no-monitoring, untested-change, unpatched,
    /// design, supplier, unclear-duty, slip, capacity, other.
    /// </summary>
    [MaxLength(40)]
    public required string Cause { get; init; }

    /// <summary>What made it likelier or worse without causing it.</summary>
    [MaxLength(20)]
    public List<string> Contributing { get; init; } = [];

    /// <summary>What worked.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Worked { get; init; }

    /// <summary>What did not work.</summary>
    [MaxLength(4000)]
    public string? Failed { get; init; }

    /// <summary>What was learned; at least one, or the reason why there is none.</summary>
    [MaxLength(10)]
    public List<GivenLesson> Lessons { get; init; } = [];

    /// <summary>Why nothing is to be learned from it; needed without a lesson.</summary>
    [MinLength(20), MaxLength(2000)]
    public string? NoLessonBecause { get; init; }

    /// <summary>
    /// Risks that turned out likelier or worse, such as RISK-3; their owners are asked to assess them again.
    /// </summary>
    [MaxLength(50)]
    public List<string> Risks { get; init; } = [];

    /// <summary>
    /// A requirement that was not met, in words; becomes a nonconformity, or reopens the one that an incident of the
    /// same cause showed before.
    /// </summary>
    [MaxLength(4000)]
    public string? Nonconformity { get; init; }

    /// <summary>
    /// Whether that is another fault than incidents of the same cause showed before, and so a nonconformity of its own.
    /// </summary>
    public bool Separate { get; init; }

    /// <summary>Whether that requirement was missed as a whole or again and again.</summary>
    public bool Major { get; init; }
}
