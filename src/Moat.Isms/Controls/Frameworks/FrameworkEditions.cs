using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Controls.Frameworks;

/// <summary>A next edition of a framework to compare with the one that is here.</summary>
public sealed record CompareFramework : OneRecord, IReadFirst
{
    /// <summary>The file of the next edition.</summary>
    public required GivenFile File { get; init; }

    /// <inheritdoc />
    void IReadFirst.ReadFirst() => File.Read(FrameworkReader.Read);
}

/// <summary>A next edition of a framework.</summary>
public sealed record ReplaceFramework : ChangeRecord, IReadFirst
{
    /// <summary>The file of the next edition.</summary>
    public required GivenFile File { get; init; }

    /// <summary>Why it is replaced.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }

    /// <inheritdoc />
    void IReadFirst.ReadFirst() => File.Read(FrameworkReader.Read);
}

/// <summary>A framework that nobody needs any more.</summary>
public sealed record RemoveFramework : ChangeRecord
{
    /// <summary>Why it is not looked at any more.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>What a next edition changes, or changed.</summary>
/// <param name="Ref">The framework.</param>
/// <param name="Name">Its name in the next edition.</param>
/// <param name="Added">Requirements that are new.</param>
/// <param name="Changed">Requirements with another title or text.</param>
/// <param name="Gone">Requirements that are not asked for any more, with the clauses and controls that answered
/// them.</param>
/// <param name="Kept">How many requirements keep the clauses and controls that answer them.</param>
public sealed record FrameworkChanges(
    string Ref,
    string Name,
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Changed,
    IReadOnlyList<string> Gone,
    int Kept
) : INamesRecord
{
    /// <summary>What of the file is not read, and where it does not follow its format, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>
/// Frameworks have editions: the next one takes over the answers of requirements that stay, and one that nobody needs
/// is removed.
/// </summary>
[Process(FrameworkProcess.Name, FrameworkProcess.Summary)]
public sealed class FrameworkEditions(MoatDb db, KnowledgeBase knowledge)
{
    /// <summary>Shows what a next edition would change, and stores nothing.</summary>
    [Query(
        "preview-replace",
        Permission.EditControls,
        "Show what the next edition of an added framework would change; stores nothing",
        TakesBody = true
    )]
    public async Task<FrameworkChanges> Preview(CompareFramework input, CancellationToken ct) =>
        Compare(await db.One<Framework>(input.Ref, ct), input.File.Read(FrameworkReader.Read)).Changes;

    /// <summary>
    /// Puts the next edition in the place of the one that is here. Requirements that stay keep what answers them.
    /// </summary>
    [Operation(
        "replace",
        Permission.EditControls,
        "Replace an added framework by its next edition; requirements that stay keep what answers them"
    )]
    public async Task<FrameworkChanges> Replace(ReplaceFramework input, CancellationToken ct)
    {
        var framework = await Standing(input, ct);
        var file = input.File.Read(FrameworkReader.Read);
        var (changes, rows) = Compare(framework, file);
        var key = file.Framework!.Key.Cut(300);
        if (await db.Set<Framework>().FirstOrDefaultAsync(f => f.Key == key && f.Id != framework.Id, ct) is { } other)
            throw new RuleBroken("frameworks.replace.other", $"This file is an edition of {other.Ref} {other.Name}.");
        (framework.Key, framework.Name, framework.Publisher) = (key, file.Framework.Name, file.Framework.Publisher);
        (framework.Format, framework.Sha256) = (
            file.Format,
            Convert.ToHexStringLower(SHA256.HashData(input.File.Bytes()))
        );
        (framework.Count, framework.Rows) = (rows.Count, Framework.Write(rows));
        return changes;
    }

    /// <summary>Takes a framework out of the list. What was, stays in the journal.</summary>
    [Operation("remove", Permission.EditControls, "Take an added framework out of the list, with the reason")]
    public async Task<Done> Remove(RemoveFramework input, CancellationToken ct)
    {
        var framework = await Standing(input, ct);
        framework.Remove(input.Reason, db.Today);
        return new Done(framework);
    }

    private async Task<Framework> Standing(ChangeRecord input, CancellationToken ct)
    {
        var framework = await db.One<Framework>(input, ct);
        return framework.RemovedOn is null
            ? framework
            : throw new RuleBroken("frameworks.removed", $"{framework.Ref} was removed. Add its file again.");
    }

    private (FrameworkChanges Changes, List<FrameworkRow> Rows) Compare(Framework framework, FrameworkFile file)
    {
        if (file.Framework is not { } next)
            throw new InputInvalid(
                "file",
                "This file is a mapping, not an edition of a framework. Add it on the page of frameworks."
            );
        var before = framework.Requirements().ToDictionary(r => r.Id, StringComparer.OrdinalIgnoreCase);
        var told = FrameworkAnswers.Of(knowledge, file.Mapping).ToLookup(a => a.Requirement, a => a.Answer);
        var rows = next
            .Rows.Select(r =>
                r.Row with
                {
                    Answers = [.. told[r.Key].Concat(before.GetValueOrDefault(r.Row.Id)?.Answers ?? []).Distinct()],
                }
            )
            .ToList();
        var after = rows.Select(r => r.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (
            new FrameworkChanges(
                framework.Ref,
                next.Name,
                [.. rows.Where(r => !before.ContainsKey(r.Id)).Select(Named)],
                [
                    .. rows.Where(r =>
                            before.TryGetValue(r.Id, out var old) && (old.Title, old.Text) != (r.Title, r.Text)
                        )
                        .Select(Named),
                ],
                [
                    .. before
                        .Values.Where(r => !after.Contains(r.Id))
                        .Select(r =>
                            r.Answers.Count == 0 ? Named(r) : $"{Named(r)} (answered by {string.Join(", ", r.Answers)})"
                        ),
                ],
                rows.Count(r => before.TryGetValue(r.Id, out var old) && old.Answers.Count > 0)
            )
            {
                Remarks = file.Remarks,
            },
            rows
        );
    }

    private static string Named(FrameworkRow row) => row.Id == row.Title ? row.Id : $"{row.Id} {row.Title}";
}
