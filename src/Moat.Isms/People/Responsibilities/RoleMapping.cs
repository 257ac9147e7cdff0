using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.People.Responsibilities;

internal sealed class RoleAssignmentMapping : IEntityTypeConfiguration<RoleAssignment>
{
    public void Configure(EntityTypeBuilder<RoleAssignment> builder)
    {
        builder.ToTable("role_assignment");
        builder.Property(x => x.Key).HasMaxLength(60);
        builder.Property(x => x.Title).HasMaxLength(200);
        builder.Property(x => x.Duties).HasMaxLength(4000);
    }
}
