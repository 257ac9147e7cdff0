using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;

namespace Moat.Storage.Sqlite;

/// <summary>Full-text search by SQLite's FTS5; triggers keep its index.</summary>
internal sealed class SqliteTextSearch : ITextSearch
{
    public async Task<IReadOnlyList<TextHit>> FindVersions(
        MoatDb db,
        Guid organizationId,
        IReadOnlyList<string> words,
        int most,
        CancellationToken ct
    )
    {
        var match = string.Join(' ', words.Select(w => $"\"{w}\"*"));
        var organization = organizationId.ToString().ToUpperInvariant();
        return await db
            .Database.SqlQuery<TextHit>(
                $"""
                SELECT version_id AS version_id, snippet(document_text, 3, '⟪', '⟫', '…', 16) AS around
                FROM document_text WHERE document_text MATCH {match} AND organization_id = {organization}
                ORDER BY rank LIMIT {most}
                """
            )
            .ToListAsync(ct);
    }
}
