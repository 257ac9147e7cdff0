using Moat.Isms.Kernel.Registers;

namespace Moat.Isms.Looks;

/// <summary>Who looked again at what, and why it was still true.</summary>
internal sealed class LookHistory : RegisterHistory
{
    /// <inheritdoc />
    public override string Register => "scope";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct) =>
        [
            await Sheet(
                source,
                "Looked at again",
                ["Looked at", "On", "By", "Why it is still true"],
                source.Of<Look>().OrderByDescending(l => l.CreatedAt).ThenBy(l => l.Id),
                r => [r.SubjectRef, r.On, r.By, r.Because, r.Id],
                ct
            ),
        ];
}
