import { logoAddress, useBranding } from "./branding";
import { Logo } from "./Logo";

/** The company's logo; the product's where there is none. */
export function BrandLogo({ size }: { size: number }) {
  const branding = useBranding();
  const logo = logoAddress(branding);
  return logo ? (
    <img
      src={logo}
      alt=""
      height={size}
      style={{ height: size, maxWidth: size * 5, objectFit: "contain", flex: "none" }}
    />
  ) : (
    <Logo size={size} />
  );
}
