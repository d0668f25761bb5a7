package io.repertoire.ingest.layout;

import io.repertoire.schemas.AddressType;
import io.repertoire.schemas.SubmittedAddress;
import java.util.ArrayList;
import java.util.List;

/** The addresses of one row, told apart by the group of the layout's column; the best column's address comes first. */
final class AddressDrafts {

    private final List<String> groups = new ArrayList<>(1);
    private final List<SubmittedAddress> addresses = new ArrayList<>(1);

    /** False if it is an address type that nobody knows. */
    boolean set(Field field, String group, String value) {
        SubmittedAddress address = of(group);
        switch (field) {
            case ADDRESS_LABEL -> address.setLabel(value);
            case ADDRESS_TYPE -> {
                return setType(address, value);
            }
            case ADDRESS_LINE1 -> address.setLine1(value);
            case ADDRESS_LINE2 -> address.setLine2(value);
            case ADDRESS_LINE3 -> address.setLine3(value);
            case CITY -> address.setCity(value);
            case REGION -> address.setRegion(value);
            case POSTAL_CODE -> address.setPostalCode(value);
            case COUNTRY -> address.setCountry(value);
            default -> throw new IllegalArgumentException(field.name());
        }
        return true;
    }

    /** A type or a label alone is no address. */
    List<SubmittedAddress> all() {
        addresses.removeIf(address -> address.getLine1() == null
                && address.getLine2() == null
                && address.getLine3() == null
                && address.getCity() == null
                && address.getRegion() == null
                && address.getPostalCode() == null
                && address.getCountry() == null);
        return addresses;
    }

    private SubmittedAddress of(String group) {
        int at = groups.indexOf(group);
        if (at >= 0) {
            return addresses.get(at);
        }
        var address = new SubmittedAddress();
        address.setType(type(group));
        if (address.getType() == AddressType.OTHER && !group.isEmpty() && !isNumber(group)) {
            address.setLabel(group);
        }
        groups.add(group);
        addresses.add(address);
        return address;
    }

    private static boolean isNumber(String group) {
        return group.chars().allMatch(Character::isDigit);
    }

    private static AddressType type(String group) {
        return switch (group) {
            case "home" -> AddressType.HOME;
            case "billing" -> AddressType.BILLING;
            case "shipping" -> AddressType.SHIPPING;
            case "work" -> AddressType.WORK;
            default -> AddressType.OTHER;
        };
    }

    private static boolean setType(SubmittedAddress address, String value) {
        switch (HeaderName.key(value)) {
            case "billing", "facturation", "invoice" -> address.setType(AddressType.BILLING);
            case "shipping", "delivery", "expedition", "livraison" -> address.setType(AddressType.SHIPPING);
            case "home", "domicile", "maison" -> address.setType(AddressType.HOME);
            case "work", "business", "bureau", "travail" -> address.setType(AddressType.WORK);
            case "other", "autre" -> address.setType(AddressType.OTHER);
            default -> {
                if (address.getLabel() == null) {
                    address.setLabel(value);
                }
                return false;
            }
        }
        return true;
    }
}
