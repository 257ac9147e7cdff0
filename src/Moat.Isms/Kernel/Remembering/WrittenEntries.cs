using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Kernel.Remembering;

/// <summary>What an operation entered into the journal.</summary>
/// <param name="Size">The journal's size with it.</param>
/// <param name="Entries">How many entries it made.</param>
/// <param name="Sources">The kinds of records that it changed, its act and its process.</param>
internal sealed record WrittenEntries(long Size, long Entries, IReadOnlyList<string> Sources)
{
    /// <summary>What these changes of an operation are.</summary>
    public static WrittenEntries Of(JournalHead head, long before, Operation operation, JsonArray changes) =>
        new(
            head.Size,
            head.Size - before,
            [
                .. changes.Select(c => (string)c!["kind"]!).Distinct(),
                WhatWasRead.Act(operation.Name),
                WhatWasRead.Process(operation.Process),
            ]
        );
}
