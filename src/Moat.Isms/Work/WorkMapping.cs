using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Work;

internal sealed class WorkItemMapping : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> builder)
    {
        builder.ToTable("work_item");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Why).HasMaxLength(1000);
        builder.Property(x => x.Purpose).HasMaxLength(40);
        builder.Property(x => x.SubjectRef).HasMaxLength(40);
        builder.Property(x => x.Outcome).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OrganizationId, x.State, x.OwnerId, x.DueOn });
        builder.HasIndex(x => new { x.OrganizationId, x.SubjectId });
    }
}
