using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews;

/// <summary>The days that a review looks at, and the review itself.</summary>
public sealed record ReviewWindow(Guid ReviewId, DateOnly From, DateOnly Today)
{
    /// <summary>The first moment that it looks at.</summary>
    public DateTime Since => From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}

/// <summary>Reads one input of a review from the records. There is one class for each topic.</summary>
[HandedIn]
public abstract class ReviewInput
{
    /// <summary>The topic, one of <see cref="ReviewTopics"/>.</summary>
    public abstract string Topic { get; }

    /// <summary>The input as it stands now.</summary>
    public abstract Task<InputSection> Read(ReviewWindow window, CancellationToken ct);

    /// <summary>A count with its word.</summary>
    protected static string Count(int count, string one, string many) =>
        count == 0 ? $"no {one}"
        : count == 1 ? $"one {one}"
        : FormattableString.Invariant($"{count} {many}");

    /// <summary>A figure.</summary>
    protected static InputFigure Figure(string name, int value) => new(name, FormattableString.Invariant($"{value}"));

    /// <summary>A row of a record.</summary>
    protected static InputRow Row(Referenced record, string says) =>
        new(record.Ref, RecordKind.Of(record.GetType()).Process, record.Caption, says);
}

/// <summary>Assembles all inputs of a review from the records of now.</summary>
public sealed class InputAssembler(MoatDb db, IEnumerable<ReviewInput> inputs)
{
    private const int DaysOfAFirstReview = 365;

    /// <summary>The first day that a review looks at: the day of the one before, or a year back.</summary>
    public async Task<DateOnly> LooksFrom(ManagementReview review, CancellationToken ct) =>
        await db.Set<ManagementReview>().Where(r => r.Id != review.Id && r.HeldOn != null).MaxAsync(r => r.HeldOn, ct)
        ?? db.Today.AddDays(-DaysOfAFirstReview);

    /// <summary>All inputs, topic by topic, with what people brought.</summary>
    public async Task<FrozenInputs> Assemble(ManagementReview review, CancellationToken ct)
    {
        var window = new ReviewWindow(review.Id, await LooksFrom(review, ct), db.Today);
        var brought = (
            await db.Set<ReviewNote>()
                .Where(n => n.ReviewId == review.Id)
                .OrderBy(n => n.CreatedAt)
                .ThenBy(n => n.Id)
                .ToListAsync(ct)
        ).ToLookup(n => n.Topic, n => new TopicNote(n.Text, n.By));
        var readers = inputs.ToDictionary(i => i.Topic);
        var sections = new List<InputSection>();
        foreach (var topic in ReviewTopics.All)
            sections.Add(await readers[topic.Key].Read(window, ct) with { Brought = [.. brought[topic.Key]] });
        return new FrozenInputs(review.Ref, review.Title, window.From, db.Now, sections);
    }
}
