using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Kernel.Requirements;

internal sealed class PulsePointMapping : IEntityTypeConfiguration<PulsePoint>
{
    public void Configure(EntityTypeBuilder<PulsePoint> builder)
    {
        builder.ToTable("pulse_point");
        builder.HasIndex(x => new { x.OrganizationId, x.On });
    }
}
