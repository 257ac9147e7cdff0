using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;

namespace Moat.Storage.Postgres;

/// <summary>Full-text search by PostgreSQL's tsvector; an index on the expression keeps it fast.</summary>
internal sealed class PostgresTextSearch : ITextSearch
{
    public async Task<IReadOnlyList<TextHit>> FindVersions(
        MoatDb db,
        Guid organizationId,
        IReadOnlyList<string> words,
        int most,
        CancellationToken ct
    )
    {
        var query = string.Join(" & ", words.Select(w => $"'{w}':*"));
        var hits = await db
            .Database.SqlQuery<TextHit>(
                $"""
                SELECT v.id AS version_id, ts_headline('simple', document_words(v.title, v.text, v.source), q, 'MaxWords=20, MinWords=8') AS around
                FROM document_version v, to_tsquery('simple', {query}) q
                WHERE v.organization_id = {organizationId} AND to_tsvector('simple', document_words(v.title, v.text, v.source)) @@ q
                ORDER BY ts_rank(to_tsvector('simple', document_words(v.title, v.text, v.source)), q) DESC LIMIT {most}
                """
            )
            .ToListAsync(ct);
        return
        [
            .. hits.Select(h =>
                h with
                {
                    Around = h
                        .Around.Replace("<b>", "⟪", StringComparison.Ordinal)
                        .Replace("</b>", "⟫", StringComparison.Ordinal),
                }
            ),
        ];
    }
}
