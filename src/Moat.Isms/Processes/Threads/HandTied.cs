using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Remembering;

namespace Moat.Isms.Processes.Threads;

/// <summary>
/// Which links somebody tied by hand. Such a link is its author's claim: no operation made it while it changed
/// something, so it is shown with the author's name and proves nothing. The journal tells them apart, also those that
/// were tied before links said so themselves.
/// </summary>
public sealed class HandTied(MoatDb db)
{
    /// <summary>The operation that ties links by hand.</summary>
    public const string Operation = "thread.connect";

    /// <summary>The ids of the links that were tied by hand.</summary>
    public Task<IReadOnlySet<Guid>> Ids(CancellationToken ct) => db.Unchanged(nameof(HandTied), () => Read(ct), ct);

    private async Task<IReadOnlySet<Guid>> Read(CancellationToken ct)
    {
        var entries = await ReadingNote.Of(
            [WhatWasRead.Act(Operation)],
            () => db.Journal.Where(e => e.Operation == Operation).Select(e => e.Changes).ToListAsync(ct)
        );
        return entries
            .SelectMany(c => JsonNode.Parse(c)!.AsArray())
            .Where(c => (string?)c!["kind"] == nameof(Link))
            .Select(c => Guid.Parse((string)c!["id"]!))
            .ToHashSet();
    }
}
